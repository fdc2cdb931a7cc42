package io.orderflow.platform.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that takes its time to write, at {@code slow:} in an H2 URL. */
public final class SlowFiles extends FilePathWrapper {

    private static volatile long millisPerWrite;

    static void register() {
        FilePath.register(new SlowFiles());
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
                return file.write(bytes, position);
            }

            @Override
            public int write(ByteBuffer bytes) throws IOException {
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
