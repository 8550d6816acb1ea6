using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Signals;

namespace Obs.Core.Engine.Outputs;

/// <summary>The payloads of the output log (behind the journal sequence that <see cref="OutputLogWriter"/> puts in front of each).</summary>
/// <remarks>Fixed structs, little endian, without undefined bytes: the same records give the same bytes. Variable parts: a book change is followed by
/// its levels, a feature row is a mask and its present values, a market is a configuration record of one instrument. The market's index stands in the
/// header's flags, its venue in the header's source, engine time in its receive time.</remarks>
internal static class OutputEncoding
{
    private const int FeatureHeadBytes = 24;

    /// <summary>Bytes of a record's payload.</summary>
    /// <param name="slot">The record.</param>
    /// <param name="market">Payload of a market record; empty for others.</param>
    public static int BytesOf(in OutputSlot slot, ReadOnlySpan<byte> market) => slot.Kind switch
    {
        OutputKind.BookChange => Unsafe.SizeOf<BookChangeRecord>() + (slot.LevelCount * Unsafe.SizeOf<BookLevel>()),
        OutputKind.Trade => Unsafe.SizeOf<MarketEvent>(),
        OutputKind.Feature => FeatureHeadBytes + (sizeof(double) * BitOperations.PopCount(slot.Features.Row.Present.Bits & slot.Features.Kept.Bits)),
        OutputKind.Prediction => Unsafe.SizeOf<PredictionRecord>(),
        OutputKind.Signal => Unsafe.SizeOf<SignalRecord>(),
        OutputKind.Order => Unsafe.SizeOf<OrderRecord>(),
        OutputKind.Fill => Unsafe.SizeOf<FillRecord>(),
        OutputKind.Report => Unsafe.SizeOf<ReportRecord>(),
        OutputKind.Outcome => Unsafe.SizeOf<OutcomeRecord>(),
        OutputKind.Market => market.Length,
        _ => sizeof(ulong),
    };

    /// <summary>Writes a payload of exactly <see cref="BytesOf"/> bytes.</summary>
    public static void Write(ref OutputSlot slot, ReadOnlySpan<BookLevel> levels, ReadOnlySpan<byte> market, Span<byte> payload)
    {
        switch (slot.Kind)
        {
            case OutputKind.BookChange:
                MemoryMarshal.Write(payload, slot.Book);
                MemoryMarshal.AsBytes(levels).CopyTo(payload[Unsafe.SizeOf<BookChangeRecord>()..]);
                break;
            case OutputKind.Trade:
                MemoryMarshal.Write(payload, slot.Trade);
                break;
            case OutputKind.Feature:
                WriteFeatures(ref slot.Features, payload);
                break;
            case OutputKind.Prediction:
                MemoryMarshal.Write(payload, slot.Prediction);
                break;
            case OutputKind.Signal:
                MemoryMarshal.Write(payload, slot.Signal);
                break;
            case OutputKind.Order:
                MemoryMarshal.Write(payload, slot.Order);
                break;
            case OutputKind.Fill:
                MemoryMarshal.Write(payload, slot.Fill);
                break;
            case OutputKind.Report:
                MemoryMarshal.Write(payload, slot.Report);
                break;
            case OutputKind.Outcome:
                MemoryMarshal.Write(payload, slot.Outcome);
                break;
            case OutputKind.Market:
                market.CopyTo(payload);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(payload, slot.Number);
                break;
        }
    }

    /// <summary>The payload of a market record: its index, symbol, scales, ticks and fees.</summary>
    public static byte[] Describe(ushort index, Instrument instrument) => new RecordingConfiguration
    {
        IsRecording = false,
        Venue = instrument.Venue,
        Symbol = instrument.Symbol,
        Instruments = [InstrumentDescription.Of(instrument, index)],
    }.ToPayload();

    /// <summary>Reads a row of features back; false when the payload is none.</summary>
    public static bool TryReadFeatures(ReadOnlySpan<byte> payload, out FeatureRecord record)
    {
        record = default;
        if (payload.Length < FeatureHeadBytes)
            return false;
        record.ReceiveNs = BinaryPrimitives.ReadInt64LittleEndian(payload);
        record.VenueNs = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
        ulong mask = BinaryPrimitives.ReadUInt64LittleEndian(payload[16..]);
        ReadOnlySpan<byte> values = payload[FeatureHeadBytes..];
        if ((mask & ~(ulong)FeatureSet.All.Bits) != 0 || values.Length != sizeof(double) * BitOperations.PopCount(mask))
            return false;
        for (; mask != 0; mask &= mask - 1, values = values[sizeof(double)..])
            record.Row.Set((FeatureId)BitOperations.TrailingZeroCount(mask), BinaryPrimitives.ReadDoubleLittleEndian(values));
        return true;
    }

    private static void WriteFeatures(ref FeatureRecord record, Span<byte> payload)
    {
        uint mask = record.Row.Present.Bits & record.Kept.Bits;
        BinaryPrimitives.WriteInt64LittleEndian(payload, record.ReceiveNs);
        BinaryPrimitives.WriteInt64LittleEndian(payload[8..], record.VenueNs);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[16..], mask);
        int at = FeatureHeadBytes;
        for (; mask != 0; mask &= mask - 1, at += sizeof(double))
            BinaryPrimitives.WriteDoubleLittleEndian(payload[at..], record.Row[(FeatureId)BitOperations.TrailingZeroCount(mask)]);
        Debug.Assert(at == payload.Length, "the row fills its payload");
    }
}
