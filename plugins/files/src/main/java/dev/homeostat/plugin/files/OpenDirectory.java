package dev.homeostat.plugin.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is held open, with operations on its entries that follow no symbolic link. Whatever somebody puts in place of the directory's path
 * meanwhile, they act on the directory that was opened. Used by one thread.
 */
final class OpenDirectory implements Closeable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final SecureDirectoryStream<Path> entries;

    private OpenDirectory(Path path, SecureDirectoryStream<Path> entries) {
        this.path = path;
        this.entries = entries;
    }

    /** Opens a directory by its path, links in it included. */
    @SuppressWarnings("StreamResourceLeak") // closed with the directory
    static OpenDirectory open(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenDirectory(path, secure);
        }
        stream.close();
        throw new IOException("the file system of " + path
                + " cannot open files relative to a directory, which is needed to" + " stay clear of symbolic links");
    }

    /** Opens a directory in this one; fails when it is a link or no directory. */
    OpenDirectory enter(Path name) throws IOException {
        return new OpenDirectory(path.resolve(name), entries.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** Where it was when it was opened, for messages. */
    Path path() {
        return path;
    }

    /** Makes a directory in this one. By path, as Java has no other way: when somebody swaps the path for a link at that moment, {@link #enter} notices. */
    void make(Path name) throws IOException {
        Files.createDirectory(path.resolve(name));
        sync();
    }

    /** What an entry is, or null when there is none. */
    @Nullable
    PosixFileAttributes attributes(Path name) throws IOException {
        try {
            return view(name).readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether the entry is a regular file with exactly that content and mode. One that cannot be read is not. */
    boolean holds(Path name, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        PosixFileAttributes attributes = attributes(name);
        return attributes != null
                && attributes.isRegularFile()
                && attributes.size() == content.length
                && attributes.permissions().equals(mode)
                && Arrays.equals(read(name, content.length), content);
    }

    private byte @Nullable [] read(Path name, int length) {
        try (SeekableByteChannel channel =
                        entries.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream in = Channels.newInputStream(channel)) {
            byte[] bytes = in.readNBytes(length + 1);
            return bytes;
        } catch (IOException e) { // it is then written anew, and that says what is wrong
            return null;
        }
    }

    /** Puts a file with that content and mode in the entry's place, in one step: nobody ever sees a part of it, and after a crash it is all there or not. */
    void replace(Path name, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        Path temporary = Path.of(TemporaryName.next());
        boolean written = false;
        try {
            write(temporary, content, mode);
            written = true;
            entries.move(temporary, entries, name);
        } catch (IOException e) {
            removeRest(temporary, e);
            // Not by the temporary name: it is another one each time, and the same failure must read the same.
            throw e instanceof FileSystemException refused
                    ? refused(refused, written ? path.resolve(name).toString() : "directory " + path)
                    : e;
        }
        sync();
    }

    private void removeRest(Path temporary, IOException failure) {
        try {
            deleteFile(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The same of another thing, for which it is just as true. */
    private static FileSystemException refused(FileSystemException refusal, String what) {
        String reason = refusal instanceof AccessDeniedException
                ? "permission denied; check its owner and mode"
                : refusal instanceof NoSuchFileException ? "it is not there any more" : refusal.getReason();
        FileSystemException same = new FileSystemException(what, null, reason);
        same.initCause(refusal);
        return same;
    }

    private void write(Path name, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        try (SeekableByteChannel channel = entries.newByteChannel(
                name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PRIVATE))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            view(name).setPermissions(mode);
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }
    }

    /** Deletes an entry that is no directory; says whether there was one. */
    boolean deleteFile(Path name) throws IOException {
        try {
            entries.deleteFile(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileSystemException e) { // which knows it by its name alone
            throw refused(
                    e,
                    e instanceof AccessDeniedException
                            ? "directory " + path
                            : path.resolve(name).toString());
        }
    }

    /** Deletes a directory in this one, which must be empty. */
    void deleteDirectory(Path name) throws IOException {
        entries.deleteDirectory(name);
    }

    /** The names of the entries; may be asked once. */
    List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            for (Path entry : entries) {
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Brings changed entries onto the disk. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }

    private PosixFileAttributeView view(Path name) {
        return entries.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
