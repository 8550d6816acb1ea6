using System;
using System.Globalization;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Names of segment files: 20 digits of the first sequence and the log's extension, so that they sort by age.</summary>
internal static class SegmentFileName
{
    /// <summary>Extension of segments prepared ahead; they hold no records until activated.</summary>
    public const string SpareExtension = ".spare";

    /// <summary>Added to the name of what a repair or recovery set aside.</summary>
    public const string DamagedExtension = ".damaged";

    private const int Digits = 20;

    /// <summary>The path of the segment that begins with a sequence.</summary>
    public static string PathOf(string directory, LogFormat format, long firstSequence) =>
        Path.Combine(directory, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + format.Extension);

    /// <summary>Reads the first sequence out of a name; false for any other file.</summary>
    public static bool TryParse(string path, LogFormat format, out long firstSequence)
    {
        firstSequence = 0;
        string name = Path.GetFileName(path);
        return name.Length == Digits + format.Extension.Length
            && name.EndsWith(format.Extension, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out firstSequence)
            && firstSequence >= 1;
    }

    /// <summary>A name for what is set aside, not taken yet: path.damaged, path.1.damaged, …</summary>
    public static string FreeDamagedPath(string path)
    {
        string candidate = path + DamagedExtension;
        for (int i = 1; File.Exists(candidate); i++)
            candidate = $"{path}.{i.ToString(CultureInfo.InvariantCulture)}{DamagedExtension}";
        return candidate;
    }
}
