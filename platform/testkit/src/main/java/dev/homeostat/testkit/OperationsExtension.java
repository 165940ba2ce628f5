package dev.homeostat.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives JUnit the checks of an {@link OperationsTest}, one test each. */
public final class OperationsExtension implements TestTemplateInvocationContextProvider {
    private static final int SEEDS = 10;

    /** JUnit makes it. */
    public OperationsExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return OperationsTest.class.isAssignableFrom(context.getRequiredTestClass());
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        for (TargetChecks check : TargetChecks.values()) {
            invocations.add(new Invocation(check.title(), check));
        }
        int seeds = Integer.getInteger("simulate.seeds", SEEDS);
        for (long seed = 1; seed <= seeds; seed++) {
            invocations.add(new Invocation(
                    "the target becomes as desired, whatever happens (seed " + seed + ")", new SimulatedCheck(seed)));
        }
        return invocations.stream();
    }

    private record Invocation(String title, OperationsCheck check) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return title;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new ParameterResolver() {
                @Override
                public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
                    return parameter.getParameter().getType() == OperationsCheck.class;
                }

                @Override
                public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
                    return check;
                }
            });
        }
    }
}
