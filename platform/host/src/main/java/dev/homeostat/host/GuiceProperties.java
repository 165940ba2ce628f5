package dev.homeostat.host;

/** How Guice is to behave, said before its classes are loaded: its ASM cannot read the class files of this JDK. */
final class GuiceProperties {
    private GuiceProperties() {}

    /** Sets what nobody has set. */
    static void set() {
        setDefault("guice_bytecode_gen_option", "DISABLED");
        setDefault("guice_include_stack_traces", "OFF");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
