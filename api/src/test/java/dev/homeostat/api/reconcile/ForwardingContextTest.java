package dev.homeostat.api.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwardingContextTest {
    private final List<String> asked = new ArrayList<>();
    private final OperationContext context = (OperationContext) Proxy.newProxyInstance(
            OperationContext.class.getClassLoader(), new Class<?>[] {OperationContext.class}, (_, method, _) -> {
                asked.add(method.getName());
                return switch (method.getReturnType().getSimpleName()) {
                    case "long" -> 7L;
                    case "int" -> 2;
                    case "boolean" -> true;
                    default -> null;
                };
            });

    /** A method that contexts gain is passed on as well, or a wrapper would hide what the wrapped one says. */
    @Test
    void everyMethodOfAContext_isPassedOn() throws Exception {
        ForwardingContext forwarding = new ForwardingContext(context) {};
        for (Method method : OperationContext.class.getMethods()) {
            asked.clear();
            method.invoke(forwarding, method.getName().equals("learn") ? new Object[] {"a", "b"} : new Object[0]);
            assertThat(asked).containsExactly(method.getName());
        }
        assertThat(forwarding.generation()).isEqualTo(7);
        assertThat(forwarding.attempt()).isEqualTo(2);
        assertThat(forwarding.isCancelled()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // what plugins may do
    void ofNothing_isRefused() {
        assertThatThrownBy(() -> new ForwardingContext(null) {})
                .isInstanceOf(NullPointerException.class)
                .hasMessage("context");
    }
}
