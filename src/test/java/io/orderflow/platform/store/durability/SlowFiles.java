package io.orderflow.platform.store.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A slow, full or failing disk, at {@code slow:} in an H2 URL. */
public final class SlowFiles extends FilePathWrapper {

    private static volatile long millisPerWrite;
    private static volatile boolean full;
    private static volatile boolean failingToSync;

    public static void register() {
        FilePath.register(new SlowFiles());
    }

    /** A full disk accepts the first half of a write. */
    public static void setFull(boolean now) {
        full = now;
    }

    static void setFailingToSync(boolean now) {
        failingToSync = now;
    }

    static void setMillisPerWrite(long millis) {
        millisPerWrite = millis;
    }

    @Override
    public String getScheme() {
        return "slow";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = getBase().open(mode);
        return new FileBase() {

            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                try {
                    TimeUnit.MILLISECONDS.sleep(millisPerWrite);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (full) {
                    file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
                    throw new IOException("No space left on device");
                }
                return file.write(bytes, position);
            }

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                return file.write(bytes);
            }

            @Override
            public int read(ByteBuffer bytes, long position) throws IOException {
                return file.read(bytes, position);
            }

            @Override
            public int read(ByteBuffer bytes) throws IOException {
                return file.read(bytes);
            }

            @Override
            public long position() throws IOException {
                return file.position();
            }

            @Override
            public FileChannel position(long position) throws IOException {
                return file.position(position);
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public FileChannel truncate(long size) throws IOException {
                return file.truncate(size);
            }

            @Override
            public void force(boolean metaData) throws IOException {
                if (failingToSync) {
                    throw new IOException("Input/output error");
                }
                file.force(metaData);
            }

            @Override
            public FileLock tryLock(long position, long size, boolean shared) throws IOException {
                return file.tryLock(position, size, shared);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                file.close();
            }
        };
    }
}
