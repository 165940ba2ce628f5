package dev.homeostat.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives JUnit the checks of an {@link OperationsTest}, one test each. */
public final class OperationsExtension implements TestTemplateInvocationContextProvider {
    private static final int SEEDS = 10;
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(OperationsExtension.class);

    /** JUnit makes it. */
    public OperationsExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return OperationsTest.class.isAssignableFrom(context.getRequiredTestClass());
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        List<TestTemplateInvocationContext> invocations = new ArrayList<>();
        for (TrialCheck check : TrialCheck.all()) {
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
                    return unlessBlocked(context);
                }
            });
        }

        /** Once an operation never ended, the other checks of the same class would only wait for it, too. */
        private OperationsCheck unlessBlocked(ExtensionContext context) {
            ExtensionContext.Store store = context.getParent().orElse(context).getStore(NAMESPACE);
            return new OperationsCheck() {
                @Override
                public <T> void run(OperationsTest<T> test) throws Exception {
                    String blocked = store.get(BlockedOperation.class, String.class);
                    Assumptions.assumeTrue(blocked == null, () -> "left out, because in another check " + blocked);
                    try {
                        check.run(test);
                    } catch (BlockedOperation complaint) {
                        store.put(BlockedOperation.class, complaint.what());
                        throw complaint;
                    }
                }
            };
        }
    }
}
