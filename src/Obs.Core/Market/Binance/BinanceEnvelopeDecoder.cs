using System;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The general path's first step: a payload, bare or in the envelope <c>{"stream":…,"data":{…}}</c> of combined streams.</summary>
internal static class BinanceEnvelopeDecoder
{
    private const int Stream = BinanceDecoderMembers.Count;
    private const int Data = BinanceDecoderMembers.Count + 1;

    /// <summary>Validates the frame and collects the payload's members; false when it is not JSON, or no object or array.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="payload">Receives the payload's members; blank when the frame is an array, or an envelope around something else than an object.</param>
    /// <param name="stream">What the stream's name says; None without an envelope.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, Span<JsonValue> payload, out BinanceStreamKind stream)
    {
        stream = BinanceStreamKind.None;
        JsonCursor cursor = new(frame);
        if (cursor.Peek() == '[')
            return cursor.TryReadValue(out _, 0) && cursor.IsAtEnd();
        BinanceDecoderMembers.Slots inner = default;
        JsonValue name = default;
        bool data = false;
        if (!cursor.TryTake('{'))
            return false;
        bool more = cursor.Peek() != '}';
        for (; more; more = cursor.TryTake(','))
        {
            if (!cursor.TryReadKey(out JsonValue key))
                return false;
            int slot = key.Escaped ? JsonMembers.SlotOfEscaped<Names>(frame, key) : Names.SlotOf(key.Raw(frame));
            if (slot == Data && cursor.Peek() == '{')
            {
                if (data || !JsonMembers.TryCollect<BinanceDecoderMembers>(ref cursor, frame, inner, depth: 2))
                    return false;
                data = true;
                continue;
            }
            if (!cursor.TryReadValue(out JsonValue value, 1))
                return false;
            if (slot == Stream ? name.IsPresent : slot == Data ? data : slot >= 0 && payload[slot].IsPresent)
                return false;
            if (slot == Stream)
                name = value;
            else if (slot is >= 0 and < Stream)
                payload[slot] = value;
            data |= slot == Data;
        }
        if (!cursor.TryTake('}') || !cursor.IsAtEnd())
            return false;
        if (data && name.Kind == JsonKind.Text)
        {
            ((ReadOnlySpan<JsonValue>)inner).CopyTo(payload);
            stream = NameKind(frame, name);
        }
        return true;
    }

    private static BinanceStreamKind NameKind(ReadOnlySpan<byte> frame, JsonValue name)
    {
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        return BinanceStreamDecoder.KindOf(name.Plain(frame, scratch));
    }

    /// <summary>A payload's members and the two of the envelope.</summary>
    private readonly struct Names : IMemberNames
    {
        /// <inheritdoc/>
        public static int SlotOf(ReadOnlySpan<byte> name)
        {
            if (name.SequenceEqual("stream"u8))
                return Stream;
            return name.SequenceEqual("data"u8) ? Data : BinanceDecoderMembers.SlotOf(name);
        }
    }
}
