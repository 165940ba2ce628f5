package dev.homeostat.plugintest;

/** Runs a test class in a process of its own, and prints what came of it. */
final class AuthorsTests {
    private AuthorsTests() {}

    public static void main(String[] arguments) throws ClassNotFoundException {
        Run run = Run.of(Class.forName(arguments[0]));
        run.succeeded().forEach(test -> System.out.println("SUCCESSFUL " + test));
        run.failures().forEach(failure -> System.out.println("FAILED " + failure));
    }
}
