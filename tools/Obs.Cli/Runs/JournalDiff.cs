using System;
using System.Globalization;
using System.Text;
using Obs.Cli.Output;
using Obs.Core.Journal;

namespace Obs.Cli.Runs;

/// <summary>Compares two journals, or two output logs, record by record.</summary>
internal static class JournalDiff
{
    private const int PreviewBytes = 160;

    /// <summary>The first difference, or null.</summary>
    /// <exception cref="JournalException">A journal is damaged.</exception>
    /// <param name="left">A folder.</param>
    /// <param name="right">Another.</param>
    /// <param name="logs">What the folders hold; null = journals.</param>
    public static Difference? First(string left, string right, LogFormat? logs = null)
    {
        LogFormat format = logs ?? LogFormat.Journal;
        using JournalReader leftReader = new(left, new JournalReaderOptions { Format = format });
        using JournalReader rightReader = new(right, new JournalReaderOptions { Format = format });
        while (true)
        {
            bool hasLeft = leftReader.TryRead(out RecordHeader leftHeader, out ReadOnlySpan<byte> leftPayload);
            bool hasRight = rightReader.TryRead(out RecordHeader rightHeader, out ReadOnlySpan<byte> rightPayload);
            if (!hasLeft && !hasRight)
                return null;
            string? why = !hasLeft || !hasRight ? "one log ends here" : Why(leftHeader, rightHeader, leftPayload.SequenceEqual(rightPayload));
            if (why is null)
                continue;
            long sequence = hasLeft ? leftHeader.Sequence : rightHeader.Sequence;
            return new Difference(
                $"sequence {sequence.ToString(CultureInfo.InvariantCulture)}",
                why,
                hasLeft ? Describe(leftHeader, leftPayload, format) : "(ends)",
                hasRight ? Describe(rightHeader, rightPayload, format) : "(ends)");
        }
    }

    private static string? Why(in RecordHeader left, in RecordHeader right, bool isPayloadEqual)
    {
        if (left.Sequence != right.Sequence)
            return "the sequences differ";
        if (left.KindNumber != right.KindNumber)
            return "the kinds differ";
        if (left.Source != right.Source)
            return "the sources differ";
        if (left.Flags != right.Flags)
            return "the markets differ";
        if (left.ReceiveNs != right.ReceiveNs)
            return "the receive times differ";
        return isPayloadEqual ? null : "the payloads differ";
    }

    private static string Describe(in RecordHeader header, ReadOnlySpan<byte> payload, LogFormat format) => format == LogFormat.Output
        ? string.Create(CultureInfo.InvariantCulture,
            $"{(OutputKind)header.KindNumber} of journal sequence {OutputRecordText.JournalSequenceOf(payload)} at {header.ReceiveNs}: {OutputRecordText.Of((OutputKind)header.KindNumber, payload)}")
        : string.Create(CultureInfo.InvariantCulture,
            $"{header.Kind} at {header.ReceiveNs}, {payload.Length} bytes: {Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, PreviewBytes)])}");
}
