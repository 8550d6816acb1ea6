using System;
using System.CommandLine;
using System.Globalization;
using Obs.Core.Journal;

namespace Obs.Cli.Commands;

/// <summary>How a journal lies on disk: size of its segments, and what is kept.</summary>
internal sealed class LiveJournalOptions
{
    private readonly Option<double?> _days = NewKeepDays("Delete journal segments older than this many days (or 36h), never what the oldest of the three snapshots still needs. Default: keep everything.");
    private readonly Option<double?> _gib = new("--keep-gib") { Description = "Delete the oldest journal segments above this many GiB, never what the oldest of the three snapshots still needs. Default: keep everything." };

    /// <summary>Size of new segment files, MiB.</summary>
    public Option<int?> SegmentMb { get; } = NewSegmentMb();

    /// <summary>The option for the size of segment files; import has it too.</summary>
    public static Option<int?> NewSegmentMb() => new("--segment-mb") { Description = "Size of a new segment file, MiB, 1 to 16384. Default 64; a live run has one in use and two ready." };

    /// <summary>The option for the age of what is kept; prune has it too.</summary>
    public static Option<double?> NewKeepDays(string description) => DurationOption.CreateOptional("--keep-days", DurationOption.Days, description);

    /// <summary>All of them.</summary>
    public Option[] All => [_days, _gib, SegmentMb];

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_days);
        command.Options.Add(_gib);
        command.Options.Add(SegmentMb);
    }

    /// <summary>What is kept; null for everything.</summary>
    /// <exception cref="CliException">A limit makes no sense.</exception>
    public RetentionLimits? Retention(ParseResult parsed) => Limits(parsed.GetValue(_days), parsed.GetValue(_gib));

    /// <summary>Limits of age in days and of size in GiB; null when neither is given.</summary>
    /// <exception cref="CliException">A limit makes no sense.</exception>
    public static RetentionLimits? Limits(double? days, double? gib)
    {
        if (days is null && gib is null)
            return null;
        if (days is not (null or (> 0 and <= 36_500)) || gib is not (null or (> 0 and <= 1_000_000)))
            throw new CliException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"--keep-days is {days}, --keep-gib is {gib}; set days above 0 up to 36500, GiB above 0 up to 1000000."));
        RetentionLimits limits = new() { KeepAge = days is { } d ? TimeSpan.FromDays(d) : null, KeepBytes = gib is { } g ? (long)(g * (1L << 30)) : null };
        string problems = string.Join(" ", limits.Problems());
        return problems.Length == 0 ? limits : throw new CliException(ExitCode.Usage, problems);
    }

    /// <summary>Bytes of a segment; null for the default.</summary>
    /// <exception cref="CliException">Too small or too large.</exception>
    public static long? SegmentBytes(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) switch
    {
        null => null,
        int mb and >= 1 and <= 16_384 => (long)mb << 20,
        int mb => throw new CliException(ExitCode.Usage, $"--segment-mb is {mb.ToString(CultureInfo.InvariantCulture)}; set it between 1 and 16384."),
    };
}
