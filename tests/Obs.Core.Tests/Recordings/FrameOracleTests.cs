using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>The frame importer against one of strings, on random files full of good and bad lines.</summary>
internal sealed class FrameOracleTests
{
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Both_importers_see_the_same_records_and_the_same_bad_lines([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        string[] lines = ["1723161253937085768 {}", .. Enumerable.Range(0, 400).Select(_ => Line(random))];
        string text = string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines);
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(), _recorded.Bytes("random.frames", Encoding.UTF8.GetBytes(text)));
        (List<(long Ns, string Frame)> records, Dictionary<BadLineReason, long> reasons, long count, long steps) = Plain(lines);
        Assert.That(sink.Records.Select(static r => (r.ReceiveNs, r.Text)), Is.EqualTo(records), $"seed {seed}");
        Assert.That(result.Reasons, Is.EquivalentTo(reasons), $"seed {seed}");
        Assert.That((result.Lines, result.ClockSteps), Is.EqualTo((count, steps)), $"seed {seed}");
    }

    [Test]
    public void The_comparison_sees_a_line_more() =>
        Assert.That(Plain(["1723161253937085768 a"]).Records, Is.Not.EqualTo(Plain(["1723161253937085768 a", "1723161253937085768 a"]).Records), "the control");

    private static string Line(Random random)
    {
        string time = random.Next(12) switch
        {
            0 => random.NextInt64(1, 100_000_000_000).ToString(CultureInfo.InvariantCulture),
            1 => random.NextInt64(1_230_000_000_000, 1_231_000_000_000).ToString(CultureInfo.InvariantCulture),
            2 => random.NextInt64(4_102_000_000_000_000, 4_103_000_000_000_000).ToString(CultureInfo.InvariantCulture),
            3 => random.NextInt64(100_000_000_000, long.MaxValue).ToString(CultureInfo.InvariantCulture),
            4 => "18446744073709551616",
            5 => new string('9', random.Next(1, 40)),
            6 => "x" + random.Next(100),
            7 => "",
            8 => random.NextInt64(1_700_000_000_000, 1_800_000_000_000).ToString(CultureInfo.InvariantCulture),
            9 => random.NextInt64(1_700_000_000_000_000, 1_800_000_000_000_000).ToString(CultureInfo.InvariantCulture),
            _ => random.NextInt64(1_700_000_000_000_000_000, 1_800_000_000_000_000_000).ToString(CultureInfo.InvariantCulture),
        };
        string gap = random.Next(8) switch { 0 => "", 1 => "\t", 2 => "  ", _ => " " };
        string frame = random.Next(6) switch { 0 => "", 1 => "{\"a\": \"é 한\"}", 2 => "[1, 2] ", _ => $"{{\"n\":{random.Next()}}}" };
        return time + gap + frame;
    }

    /// <summary>The rules of the format once more, in strings and 128-bit numbers.</summary>
    private static (List<(long Ns, string Frame)> Records, Dictionary<BadLineReason, long> Reasons, long Lines, long Steps) Plain(IEnumerable<string> lines)
    {
        List<(long Ns, string Frame)> records = [];
        Dictionary<BadLineReason, long> reasons = [];
        long count = 0;
        long steps = 0;
        foreach (string line in lines.Where(static line => line.Length > 0))
        {
            count++;
            BadLineReason reason = Judge(line, out long ns, out string frame);
            if (reason == BadLineReason.None)
            {
                steps += records.Count > 0 && ns < records[^1].Ns ? 1 : 0;
                records.Add((ns, frame));
            }
            else
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }
        return (records, reasons, count, steps);
    }

    private static BadLineReason Judge(string line, out long ns, out string frame)
    {
        ns = 0;
        string digits = new([.. line.TakeWhile(char.IsAsciiDigit)]);
        frame = line[digits.Length..].Trim(' ', '\t');
        if (digits.Length == 0 || (digits.Length < 20 && line.Length > digits.Length && line[digits.Length] is not (' ' or '\t')))
            return BadLineReason.NoTime;
        if (digits.Length > 19 || UInt128.Parse(digits, CultureInfo.InvariantCulture) > (UInt128)long.MaxValue)
            return BadLineReason.ClockAbsurd;
        Int128 value = Int128.Parse(digits, CultureInfo.InvariantCulture);
        if (value < 100_000_000_000)
            return BadLineReason.TimeUnitUnknown;
        Int128 wide = value * (value >= 100_000_000_000_000_000 ? 1 : value >= 100_000_000_000_000 ? 1_000 : 1_000_000);
        Int128 first = new DateTime(2009, 1, 1, 0, 0, 0, DateTimeKind.Utc).Subtract(DateTime.UnixEpoch).Ticks * (Int128)100;
        Int128 end = new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc).Subtract(DateTime.UnixEpoch).Ticks * (Int128)100;
        if (wide < first || wide >= end)
            return BadLineReason.ClockAbsurd;
        ns = (long)wide;
        return frame.Length == 0 ? BadLineReason.EmptyPayload : BadLineReason.None;
    }
}
