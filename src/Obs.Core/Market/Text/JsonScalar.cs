using System;

namespace Obs.Core.Market.Text;

/// <summary>The meaning of a validated value on the general path: a number, a time, a price, a size, or the reason why not.</summary>
/// <remarks>Any thread, no allocation. Missing members are MissingField, another JSON type is WrongType.</remarks>
internal static class JsonScalar
{
    /// <summary>An exact decimal, written as a JSON number or as a number in a string, whichever the venue uses.</summary>
    public static DecodeStatus Decimal(ReadOnlySpan<byte> frame, JsonValue value, JsonKind kind, int decimals, out long mantissa)
    {
        mantissa = 0;
        if (!value.IsPresent)
            return DecodeStatus.MissingField;
        if (value.Kind != kind)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        return DecimalText.Parse(value.Plain(frame, scratch), decimals, out mantissa);
    }

    /// <summary>An id: an integer that is not negative.</summary>
    public static DecodeStatus Id(ReadOnlySpan<byte> frame, JsonValue value, out long id)
    {
        DecodeStatus status = Decimal(frame, value, JsonKind.Number, 0, out id);
        if (status == DecodeStatus.OffScale)
            return DecodeStatus.WrongType;
        return status == DecodeStatus.Ok && id < 0 ? DecodeStatus.BadSequence : status;
    }

    /// <summary>A venue time in ms or µs, as ns.</summary>
    public static DecodeStatus TimeNs(ReadOnlySpan<byte> frame, JsonValue value, out long ns)
    {
        ns = 0;
        DecodeStatus status = Id(frame, value, out long stamp);
        if (status != DecodeStatus.Ok)
            return status;
        return FrameTime.TryToNs(stamp, out ns) ? DecodeStatus.Ok : DecodeStatus.BadSequence;
    }

    /// <summary>A venue time that may be absent; 0 then.</summary>
    public static DecodeStatus OptionalTimeNs(ReadOnlySpan<byte> frame, JsonValue value, out long ns)
    {
        ns = 0;
        return value.IsPresent ? TimeNs(frame, value, out ns) : DecodeStatus.Ok;
    }

    /// <summary>A sum the venue states; NaN where it states none.</summary>
    public static DecodeStatus OptionalTotal(ReadOnlySpan<byte> frame, JsonValue value, out double total)
    {
        total = double.NaN;
        if (!value.IsPresent)
            return DecodeStatus.Ok;
        return value.Kind == JsonKind.Number ? FloatText.ParseTotal(value.Raw(frame), out total) : DecodeStatus.WrongType;
    }

    /// <summary>A price and a size of a level; both not negative.</summary>
    /// <remarks>The limits of the price are judged by the caller: whether they matter depends on the size.</remarks>
    public static DecodeStatus Level(ReadOnlySpan<byte> frame, JsonValue price, JsonValue size, JsonKind kind, in MarketScale market, out BookLevel level)
    {
        level = default;
        DecodeStatus status = Decimal(frame, price, kind, market.PriceDecimals, out long priceMantissa);
        if (status != DecodeStatus.Ok)
            return status;
        status = Decimal(frame, size, kind, market.SizeDecimals, out long sizeMantissa);
        if (status != DecodeStatus.Ok)
            return status;
        if (priceMantissa < 0)
            return DecodeStatus.BadPrice;
        if (sizeMantissa < 0)
            return DecodeStatus.BadSize;
        level = new BookLevel(new Price(priceMantissa), new Size(sizeMantissa));
        return DecodeStatus.Ok;
    }

    /// <summary>The price and size of a trade: both positive, the price at most the market's highest.</summary>
    public static DecodeStatus Trade(ReadOnlySpan<byte> frame, JsonValue price, JsonValue size, JsonKind kind, in MarketScale market, out BookLevel trade)
    {
        DecodeStatus status = Level(frame, price, size, kind, in market, out trade);
        if (status != DecodeStatus.Ok)
            return status;
        if (trade.Price.Mantissa == 0 || trade.Price.Mantissa > market.MaxPrice)
            return DecodeStatus.BadPrice;
        return trade.Size.Mantissa == 0 ? DecodeStatus.BadSize : DecodeStatus.Ok;
    }
}
