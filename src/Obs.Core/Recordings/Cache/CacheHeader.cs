using System.Runtime.InteropServices;

namespace Obs.Core.Recordings.Cache;

/// <summary>The first bytes of a decoded cache. Little endian; written last, so a file that was not finished has none.</summary>
/// <remarks>File: this header in a page of 4,096 bytes; records; CRC32C of each block of records (4 bytes each); configuration JSON.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct CacheHeader
{
    /// <summary>"OBSDECOD".</summary>
    public const ulong ExpectedMagic = 0x444F_4345_4453_424F;

    /// <summary>Version written by this code, and the only one it reads: a cache is made again, never converted.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>Where the records begin.</summary>
    public const int DataOffset = 4096;

    /// <summary>Bytes of records under one checksum.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>Tells the file's kind.</summary>
    public ulong Magic;

    /// <summary>Version of the layout.</summary>
    public uint Version;

    /// <summary>Bytes of the configuration.</summary>
    public uint ConfigurationBytes;

    /// <summary>Length of the source.</summary>
    public long SourceLengthBytes;

    /// <summary>Number of records.</summary>
    public long Records;

    /// <summary>Bytes of records.</summary>
    public long DataBytes;

    /// <summary>Checksum of the source.</summary>
    public uint SourceCrc32C;

    /// <summary>Checksum of the block checksums and the configuration.</summary>
    public uint TailCrc32C;

    /// <summary>Zero.</summary>
    public ulong Reserved;

    /// <summary>Zero.</summary>
    public uint ReservedToo;

    /// <summary>Checksum of this header with 0 here.</summary>
    public uint HeaderCrc32C;
}
