package dev.homeostat.cli.plugins;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.process.Version;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.wire.Doc;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** {@code homeostat plugins new}: a Maven project to start from. Asks no host. */
public final class NewPluginCommand {
    /** Stricter than what a host takes: the id names the table, the artifact and the classes too. */
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final int LONGEST_ID = 31;

    private NewPluginCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Path directory = session.around().directory().resolve(words.text("DIR")).normalize();
        String id = words.has("--id") ? words.text("--id") : Objects.toString(directory.getFileName(), "");
        requireId(id, words.has("--id"));
        String packageName = words.has("--package") ? words.text("--package") : "dev.example." + id.replace("-", "");
        requirePackage(packageName);
        requireRoom(directory);
        Path install = session.around().install();
        if (!Files.isDirectory(install.resolve("sdk"))) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    install + " has no sdk directory, with which plugins are built",
                    "call bin/homeostat of an installation that is complete");
        }
        PluginProject project = new PluginProject(id, packageName, install, Version.ours());
        try {
            project.write(directory);
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "the project could not be written: " + reason(e), "");
        }
        tell(session, directory, project, id);
        return ExitCode.OK;
    }

    private static void tell(Session session, Path directory, PluginProject project, String id) {
        if (session.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("directory", directory.toString());
            fields.put("id", id);
            fields.put("files", List.copyOf(project.files().keySet()));
            session.print(new Doc(fields));
            return;
        }
        Screen screen = session.screen();
        screen.line("plugin \"" + id + "\" is in " + directory + ":");
        project.files().keySet().forEach(file -> screen.line("  " + file));
        screen.line("to build and test it: cd " + Home.quoted(directory.toString()) + " && mvn package");
        screen.line("README.md says what to do with it");
    }

    private static void requireId(String id, boolean given) throws CommandException {
        if (!ID.matcher(id).matches() || id.length() > LONGEST_ID) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--id: must be words of small letters and digits with \"-\" between, of " + LONGEST_ID
                            + " characters at most, but was \"" + id + "\""
                            + (given ? "" : ", the directory's name"),
                    "for example: homeostat plugins new DIR --id dns-records");
        }
    }

    private static void requirePackage(String name) throws CommandException {
        if (!SourceVersion.isName(name) || name.startsWith("java.") || name.startsWith("dev.homeostat.")) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--package: must be the name of a Java package of your own, but was \"" + name + "\"",
                    "for example: --package org.example.dns");
        }
    }

    /** In words: the message of these exceptions is often the file's name alone. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        return e instanceof FileSystemException failed && failed.getReason() == null
                ? failed.getFile() + " is in the way"
                : String.valueOf(e.getMessage());
    }

    private static void requireRoom(Path directory) throws CommandException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> there = Files.list(directory)) {
                if (there.findAny().isEmpty()) {
                    return;
                }
            } catch (IOException e) {
                throw new CommandException(ExitCode.FAILURE, directory + " cannot be read: " + reason(e), "");
            }
        } else if (!Files.exists(directory)) {
            return;
        }
        throw new CommandException(
                ExitCode.FAILURE,
                directory + " is there already, and not empty: nothing was written",
                "name another directory, or empty this one");
    }
}
