package dev.homeostat.plugintest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test of a plugin as a whole: its jar, in a host that runs in the process of the test, as in an installation.
 *
 * <pre>{@code
 * @PluginTest
 * final class MemosPluginTest {
 *     @Test
 *     void rows_liveOnOverAReload(PluginHost host) {
 *         host.deploy();
 *         host.put(Memo.TABLE, new Memo("hello", "Hello, world"));
 *         host.awaitReconciled("memos");
 *         host.redeploy();
 *         assertEquals(List.of(new Memo("hello", "Hello, world")), host.rows(Memo.TABLE));
 *     }
 * }
 * }</pre>
 *
 * <p>A {@link PluginHost} is a parameter of test methods and of methods with {@code @BeforeEach} and {@code @AfterEach}: each test gets one of its own, on a home
 * of its own, which is deleted afterwards. As a parameter of a static method with {@code @BeforeAll} it is one for all tests of the class.
 *
 * <p>After the test, all plugins are stopped and unloaded, which takes a tenth of a second, and five seconds where something is wrong. The test fails, with the
 * host's own words, if a plugin
 *
 * <ul>
 *   <li>has leaked: its classes are still in memory, and what holds them is told;
 *   <li>failed, or was refused in a newer version, other than by {@link PluginHost#tryDeploy};
 *   <li>left threads.
 * </ul>
 *
 * <p>A failure of a test tells what the host logged as warnings and errors.
 *
 * <p>The plugin is that of the project: the directory on the class path that provides one, which in a Maven project is {@code target/classes}. Its id, version and
 * so on are those of the {@code META-INF/MANIFEST.MF} in there; what the build adds to the jar only is to be said here. The host comes with this library, with
 * all that it needs, and is not on the class path: the tests have to run there, with {@code useModulePath} false for Surefire. Classes of the plugin
 * that the test uses are others than those in the host; rows go between the two as documents.
 *
 * <p>One host runs in a process at a time; where JUnit runs tests in parallel, those with this annotation take turns.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(PluginTestExtension.class)
@ResourceLock("dev.homeostat.plugintest.host")
public @interface PluginTest {
    /** Where the plugin under test is: directories with its classes and resources, or a jar; relative to the project. Empty: it is looked for. */
    String[] classes() default {};

    /** Its {@code Plugin-Id}; empty: what the manifest says. */
    String id() default "";

    /** Its {@code Plugin-Version}; empty: what the manifest says. */
    String version() default "";

    /** Its {@code Plugin-Requires}: a range of versions of the API; empty: what the manifest says, or any. */
    String requires() default "";

    /** Its {@code Plugin-Dependencies}; empty: what the manifest says, or none. */
    String dependencies() default "";

    /** How long each wait of the {@link PluginHost} may take, in seconds. Positive. */
    int patience() default 10;
}
