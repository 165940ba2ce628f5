package dev.homeostat.api.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String HIDDEN = "hunter2";

    record Login(
            @Default("root") @Description("Who.") String user,
            @Nullable Secret password,
            @Default("[]") Set<Secret> tokens) {}

    record Store(
            Login login,
            @Default("3") @AtLeast("1") @AtMost("9") int retries) {}

    record Careless(@Default("x") Secret password) {}

    private static final RecordCodec<Store> STORE = RecordCodec.of(MethodHandles.lookup(), Store.class);

    private static Tree text(Object value) {
        return new Tree.Scalar(value, new Place("a.yaml", 3), String.valueOf(value));
    }

    private static Tree store(Tree password) {
        return mapping("login", mapping("password", password));
    }

    private static Tree.Mapping mapping(String key, Tree value) {
        return new Tree.Mapping(Map.of(key, value), new Place("a.yaml", 1));
    }

    @Test
    void secret_showsItselfNowhere() {
        Store store = STORE.decode(store(text(HIDDEN)));
        assertThat(store.login().password()).isEqualTo(Secret.of(HIDDEN)).isNotEqualTo(Secret.of("other"));
        assertThat(Secret.of(HIDDEN).reveal()).isEqualTo(HIDDEN);
        assertThat(List.of(
                        store.toString(),
                        String.valueOf(Secret.of(HIDDEN)),
                        STORE.encode(store).toString(),
                        Integer.toString(Secret.of(HIDDEN).hashCode())))
                .allSatisfy(shown -> assertThat(shown).doesNotContain(HIDDEN));
        assertThat(store).hasToString("Store[login=Login[user=root, password=***, tokens=[]], retries=3]");
        assertThat(Secret.of(HIDDEN)).hasSameHashCodeAs(Secret.of("other"));
    }

    @Test
    void whatIsNoSecret_isRefused_withoutATraceOfIt() {
        Tree list = new Tree.Sequence(List.of(text(HIDDEN), text(HIDDEN)), new Place("a.yaml", 2));
        Map<String, Tree> twice = new LinkedHashMap<>();
        twice.put("tokens", list);
        for (Tree wrong : List.of(
                store(text(314159265L)),
                store(list),
                store(text(Secret.SHOWN)),
                mapping("login", text(HIDDEN)),
                text(HIDDEN),
                mapping("login", new Tree.Mapping(twice, new Place("a.yaml", 1))))) {
            DocumentException refused = catchThrowableOfType(DocumentException.class, () -> STORE.decode(wrong));
            assertThat(refused).as(wrong.toString()).isNotNull();
            assertThat(refused.getMessage()).contains("a.yaml:").doesNotContain(HIDDEN, "314159265");
        }
    }

    @Test
    void secretWithADefault_isItsAuthorsMistake() {
        assertThatThrownBy(() -> RecordCodec.of(MethodHandles.lookup(), Careless.class))
                .hasMessageContaining("Careless.password")
                .hasMessageContaining("@Nullable");
    }

    @Test
    void fields_explainTheRecord() {
        RecordField login = STORE.fields().getFirst();
        assertThat(login.form()).isEqualTo(RecordField.Form.RECORD);
        assertThat(login.fields()).extracting(RecordField::key).containsExactly("user", "password", "tokens");
        assertThat(login.fields().getFirst().description()).isEqualTo("Who.");
        assertThat(login.fields().getFirst().fallback()).isEqualTo("root");
        assertThat(login.fields().get(1).form()).isEqualTo(RecordField.Form.SECRET);
        assertThat(login.fields().get(1).optional()).isTrue();
        assertThat(login.fields().get(2).form()).isEqualTo(RecordField.Form.LIST);
        assertThat(STORE.fields().get(1).bounds()).isEqualTo("at least 1, at most 9");
    }
}
