package dev.homeostat.host;

/** A small real plugin: a table of memos, and a reconciler that writes each into a directory. */
final class MemoPlugin {
    static final String MEMO = """
        public record Memo(String name, String text) {
            public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME)
                    .codec(RecordCodec.of(java.lang.invoke.MethodHandles.lookup(), Memo.class));
        }
        """;

    static final String CONFIG = """
        public record MemoConfig(@Default("data/memos") Path directory, @Default("10") @AtMost("100") int limit) {}
        """;

    static final String OPERATIONS = """
        public final class MemoOperations implements Operations<Memo> {
            private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(MemoOperations.class);
            private final Path directory;

            @Inject
            MemoOperations(PluginContext context, MemoConfig config, Table<Memo> table) {
                this.directory = context.home().resolve(config.directory());
                Objects.requireNonNull(table);
            }

            public Outcome update(OperationContext context, Memo memo) throws Exception {
                LOG.info("update {} mdc {}/{} loader {}", memo.name(), org.slf4j.MDC.get("plugin"), org.slf4j.MDC.get("reconciler"),
                        Thread.currentThread().getContextClassLoader() == getClass().getClassLoader());
                Files.createDirectories(directory);
                Files.writeString(directory.resolve(memo.name()), memo.text());
                return Outcome.done();
            }

            public Outcome delete(OperationContext context, Memo memo) throws Exception {
                Files.deleteIfExists(directory.resolve(memo.name()));
                return Outcome.done();
            }
        }
        """;

    static final String CONTRIBUTE = """
        MemoConfig config = ctx.config(MemoConfig.class);
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        ctx.reconciler("disk", memos, ctx.inject(MemoOperations.class), Options.defaults().pruning(Duration.ofMinutes(10)));
        """;

    private MemoPlugin() {}

    static PluginJar jar() {
        return with(CONTRIBUTE);
    }

    static PluginJar with(String contribute) {
        return PluginJar.modular("memos", contribute)
                .type("test.memos.Memo", MEMO)
                .type("test.memos.MemoConfig", CONFIG)
                .type("test.memos.MemoOperations", OPERATIONS)
                .source("module-info", """
                    module test.memos {
                        requires dev.homeostat.api;
                        exports test.memos;
                        provides dev.homeostat.api.plugin.Plugin with test.memos.ThePlugin;
                    }
                    """);
    }
}
