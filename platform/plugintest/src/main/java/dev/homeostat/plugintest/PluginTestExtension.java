package dev.homeostat.plugintest;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests their {@link PluginHost}, and looks after each whether it is as it should be. Comes with {@link PluginTest}. */
public final class PluginTestExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PluginTestExtension.class);

    /** JUnit makes it. */
    public PluginTestExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PluginHost.class;
    }

    @Override
    public PluginHost resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getDeclaringExecutable() instanceof Constructor) {
            throw new ParameterResolutionException("a PluginHost is no parameter of a constructor: take it in the test"
                    + " method, in @BeforeEach, or, one for all tests of the class, in a static @BeforeAll");
        }
        // Those of a class are found by its tests too.
        return context.getStore(NAMESPACE).computeIfAbsent(PluginHost.class, _ -> make(context), PluginHost.class);
    }

    private static PluginHost make(ExtensionContext context) {
        PluginTest test = AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), PluginTest.class, context.getEnclosingTestClasses())
                .orElseThrow(() -> new ParameterResolutionException(
                        context.getRequiredTestClass().getName() + " has no @PluginTest"));
        if (test.patience() <= 0) {
            throw new ParameterResolutionException(
                    "@PluginTest(patience = …): must be positive, but was " + test.patience());
        }
        return new PluginHost(() -> jar(test), Duration.ofSeconds(test.patience()));
    }

    private static PluginJar jar(PluginTest test) {
        PluginJar jar = test.classes().length == 0
                ? PluginJar.ofProject()
                : PluginJar.of(Stream.of(test.classes()).map(Path::of).toArray(Path[]::new));
        jar = said(jar, PluginJar.ID, test.id());
        jar = said(jar, PluginJar.VERSION, test.version());
        jar = said(jar, "Plugin-Requires", test.requires());
        return said(jar, "Plugin-Dependencies", test.dependencies());
    }

    private static PluginJar said(PluginJar jar, String attribute, String value) {
        return value.isEmpty() ? jar : jar.attribute(attribute, value);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        end(context);
    }

    /** Ends the host that this context made, if it did; those of the contexts above it stay. */
    private static void end(ExtensionContext context) throws Exception {
        PluginHost host = context.getStore(NAMESPACE).remove(PluginHost.class, PluginHost.class);
        if (host != null) {
            host.end(context.getExecutionException().orElse(null));
        }
    }
}
