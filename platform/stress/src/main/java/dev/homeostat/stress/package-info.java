/**
 * Races of the state database and of the reconciler, and the bugs that they must find.
 *
 * <p>A <em>race</em> ({@code races}, and the packages of what nobody else sees) is a jcstress test: two actors, each on its own thread, thousands of times a second on fresh state; what they saw is
 * judged by the annotations on the class. {@code ACCEPTABLE} outcomes must all be seen, or nothing was raced; {@code ACCEPTABLE_INTERESTING} ones may be seen;
 * {@code FORBIDDEN} ones must not. {@code RacesTest} runs each race in a JVM of its own on the code as it is.
 *
 * <p>{@code lincheck} has the operations of tables, which Lincheck composes to small programs of two threads, and checks for linearizability: by running them
 * many times, and by going through their interleavings one by one.
 *
 * <p>A {@code dev.homeostat.plants.Plant} is a bug: one edit of one file of the production code, compiled into a directory that stands before the production
 * classes on the class path of the JVM that races. {@code PlantsTest} demands that the race meant for it finds each of them.
 *
 * <p>{@code mvn verify} races each for a few seconds, a minute in all. {@code mvn verify -pl platform/stress -am -Dstress.seconds=600} races the sound code for ten minutes, under
 * several kinds of compilation.
 */
@NullMarked
package dev.homeostat.stress;

import org.jspecify.annotations.NullMarked;
