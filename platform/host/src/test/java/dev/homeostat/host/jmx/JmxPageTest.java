package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.notice.NoticeItem;
import dev.homeostat.host.notice.NoticeType;
import dev.homeostat.host.notice.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The second half of docs/jmx.md is written from what the beans say of themselves. */
final class JmxPageTest {
    private static final Path PAGE = Path.of("../../docs/jmx.md");
    private static final String WRITE = "mvn -q -pl platform/host -am -Dtest=JmxPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dhomeostat.write=true test";
    private static final String MARK = "<!-- From here on written by JmxPageTest from the code: do not edit. `" + WRITE
            + "` writes it anew. -->\n";

    @Test
    void page_saysWhatTheBeansAre() throws Exception {
        String page = Files.readString(PAGE);
        String head = page.substring(0, Math.max(0, page.indexOf("<!-- From here on")));
        String fresh = head + MARK + beans() + notices();
        if (Boolean.getBoolean("homeostat.write")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/jmx.md is stale; run: %s", WRITE)
                .isEqualTo(fresh);
    }

    private static String beans() throws JMException, IOException {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        try (Example example = new Example();
                HostBeans beans = HostBeans.open(
                        example.host,
                        new ControlMethods(example.host),
                        server,
                        new Notices(example.host.scheduler(), HostBeans.host()))) {
            beans.pluginChanged(example.host.plugins.getLast());
            beans.tableAdded(example.host.tables.getFirst());
            beans.reconcilerAdded(example.host.reconcilers.getFirst());
            return "\n## The beans\n"
                    + bean("dev.homeostat:type=Host", server.getMBeanInfo(Names.host()))
                    + bean("dev.homeostat:type=Plugin,id=ID", server.getMBeanInfo(Names.plugin("docs")))
                    + bean("dev.homeostat:type=Table,name=NAME", server.getMBeanInfo(Names.table("docs")))
                    + bean("dev.homeostat:type=Reconciler,name=TABLE/NAME", server.getMBeanInfo(reconciler()));
        }
    }

    private static ObjectName reconciler() {
        return Names.reconciler("docs/disk");
    }

    private static String bean(String name, MBeanInfo info) {
        StringBuilder text = new StringBuilder("\n### " + name + "\n" + info.getDescription() + "\n\n"
                + "| attribute | unit | |\n| --- | --- | --- |\n");
        Arrays.stream(info.getAttributes())
                .sorted(Comparator.comparing(MBeanAttributeInfo::isWritable).thenComparing(MBeanFeatureInfo::getName))
                .forEach(one -> text.append("| `" + one.getName() + "` | " + unit(one)
                        + (one.isWritable() ? ", can be set" : "") + " | " + one.getDescription() + " |\n"));
        text.append("\n| operation | answer | |\n| --- | --- | --- |\n");
        Arrays.stream(info.getOperations())
                .sorted(Comparator.comparing(MBeanOperationInfo::getName)
                        .thenComparingInt(one -> one.getSignature().length))
                .forEach(one -> text.append("| `" + one.getName() + "(" + parameters(one) + ")` | " + unit(one)
                        + (one.getImpact() == MBeanOperationInfo.ACTION ? "; acts" : "") + " | " + one.getDescription()
                        + " |\n"));
        return text.toString();
    }

    private static String unit(MBeanFeatureInfo feature) {
        return String.valueOf(feature.getDescriptor().getFieldValue("units"));
    }

    private static String parameters(MBeanOperationInfo operation) {
        return Arrays.stream(operation.getSignature())
                .map(MBeanParameterInfo::getName)
                .collect(Collectors.joining(", "));
    }

    private static String notices() {
        StringBuilder text = new StringBuilder("\n## The notifications\n");
        for (NoticeType type : NoticeType.values()) {
            text.append("\n### " + type.typeName() + "\n" + type.description() + "\n\n| item | |\n| --- | --- |\n");
            for (NoticeItem item : type.items()) {
                text.append("| `" + item.name() + "` | " + item.description() + " |\n");
            }
        }
        return text.toString();
    }
}
