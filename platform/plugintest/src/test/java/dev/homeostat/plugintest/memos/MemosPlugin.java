package dev.homeostat.plugintest.memos;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.api.plugin.PluginContext;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.tree.Default;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin that keeps memos in files. What is called "bad" it cannot keep. */
public final class MemosPlugin implements Plugin {
    private static final Logger LOG = LoggerFactory.getLogger(MemosPlugin.class);

    public record Config(@Default("memos") String directory) {}

    @Override
    public void contribute(PluginContext context) {
        Path directory = context.home()
                .resolve("data")
                .resolve(context.config(Config.class).directory());
        RWTable<Memo> memos = context.table(Memo.TABLE);
        context.reconciler("disk", memos, new OnDisk(directory), Options.defaults());
        LOG.warn("memos are kept");
    }

    private record OnDisk(Path directory) implements Operations<Memo> {
        @Override
        public Outcome update(OperationContext context, Memo memo) throws IOException {
            if (memo.name().equals("bad")) {
                return Outcome.retry("nobody can keep it");
            }
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(memo.name()), memo.text());
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Memo memo) throws IOException {
            Files.deleteIfExists(directory.resolve(memo.name()));
            return Outcome.done();
        }
    }
}
