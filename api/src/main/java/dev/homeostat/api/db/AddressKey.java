package dev.homeostat.api.db;

import java.net.InetAddress;
import java.util.Arrays;

/** The number of bytes of an IP address, then these. */
final class AddressKey extends KeyType<InetAddress> {
    @Override
    protected void write(InetAddress value, KeyOutput out) {
        byte[] bytes = value.getAddress();
        out.writeByte(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    protected InetAddress read(KeyInput in) {
        byte[] bytes = new byte[in.readByte()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) in.readByte();
        }
        return IpPrefix.of(bytes);
    }

    @Override
    public String format(InetAddress value) {
        return IpPrefix.of(value.getAddress()).getHostAddress();
    }

    @Override
    public String kind() {
        return "IP addresses";
    }

    /** A range whose length is of whole bytes: the addresses in it. */
    @Override
    protected void writePrefix(String text, KeyOutput out) {
        IpPrefix range = IpPrefix.parse(text);
        if (range.length() % Byte.SIZE != 0) {
            throw new IllegalArgumentException("\"" + text + "\": such a range of addresses cannot be searched for; one"
                    + " whose length is a multiple of 8 can, or ask from an address on");
        }
        byte[] bytes = range.address().getAddress();
        out.writeByte(bytes.length);
        out.writeBytes(Arrays.copyOf(bytes, range.length() / Byte.SIZE));
    }

    @Override
    public InetAddress parse(String text) {
        return WrittenAddress.whole(text);
    }
}
