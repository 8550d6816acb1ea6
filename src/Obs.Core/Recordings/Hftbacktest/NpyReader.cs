using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Hftbacktest;

/// <summary>Reads an hftbacktest event array: the LOCAL rows in their order; depth rows of one message (same two times) become one diff.</summary>
/// <remarks>Venue-only rows are copies and are passed over, as are best-only rows and kinds from 100. A clear becomes removals of the levels that are there,
/// so a diff is all the engine needs; the first diff clears the book. A message that clears nothing
/// is an empty diff. One reader reads all arrays of an import: the book goes on from file to file. Prices and sizes must be exact at the market's scale.</remarks>
internal sealed class NpyReader : IRecordingReader
{
    private const int RowsPerBlock = 1024;
    private readonly LevelBuffer _levels = new();
    private readonly ClearedLevels _book = new();
    private MarketEvent _head;
    private bool _open;
    private bool _started;

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context)
    {
        Debug.Assert(Unsafe.SizeOf<HftEvent>() == 64, "rows of 64 bytes");
        long rows = NpyHeader.Read(source);
        context.FindInstrument(context.Options.Venue, default, out ushort index);
        long row = 0;
        while (row < rows)
        {
            int block = (int)Math.Min(RowsPerBlock, rows - row);
            if (!source.TryTake(block * Unsafe.SizeOf<HftEvent>(), out ReadOnlySpan<byte> bytes))
            {
                bytes = source.Peek(RowsPerBlock * Unsafe.SizeOf<HftEvent>());
                block = bytes.Length / Unsafe.SizeOf<HftEvent>();
            }
            foreach (ref readonly HftEvent e in MemoryMarshal.Cast<byte, HftEvent>(bytes)[..block])
                ReadRow(++row, in e, index, context);
            if (block < RowsPerBlock && row < rows)
            {
                Flush(row, context);
                ImportThrow.Damaged(source.Name, row, null, string.Create(CultureInfo.InvariantCulture, $"the header promises {rows} rows"));
            }
        }
        Flush(row, context);
    }

    private void ReadRow(long row, in HftEvent e, ushort index, ImportContext context)
    {
        context.Counts.Lines++;
        if (e.Kind is >= HftKind.AddOrder and <= HftKind.Fill)
            ImportThrow.NotSupported(context.Name, row, "the array is market by order; OBS imports aggregated depth (kinds 1 to 4).");
        if (!e.IsLocal || e.Kind is not (HftKind.Depth or HftKind.Trade or HftKind.DepthClear or HftKind.DepthSnapshot))
        {
            context.Counts.Skipped++;
            return;
        }
        LineFault fault = Times(in e, out long venueNs, out long receiveNs);
        if (!fault.Exists)
            fault = e.Kind == HftKind.Trade ? Trade(row, in e, index, venueNs, receiveNs, context) : Depth(row, in e, index, venueNs, receiveNs, context);
        if (fault.Exists)
            context.Bad(row, fault, Describe(in e));
    }

    private static LineFault Times(in HftEvent e, out long venueNs, out long receiveNs)
    {
        BadLineReason reason = ReceiveTime.ToNs(e.LocalTime, out receiveNs);
        venueNs = 0;
        if (reason != BadLineReason.None)
            return new LineFault(reason, "local_ts");
        reason = ReceiveTime.ToNs(e.ExchangeTime, out venueNs);
        return reason == BadLineReason.None ? default : new LineFault(reason, "exch_ts");
    }

    private LineFault Trade(long row, in HftEvent e, ushort index, long venueNs, long receiveNs, ImportContext context)
    {
        LineFault fault = PriceAndSize(in e, context.Registry[index], out Price price, out Size size);
        if (fault.Exists)
            return fault;
        if (size.Mantissa == 0)
            return new LineFault(BadLineReason.BadSize, "qty");
        if (e.IsBuy == e.IsSell)
            return new LineFault(BadLineReason.UnknownSide, "ev");
        // a trade stands before the depth change it caused, and stays there
        Flush(row - 1, context);
        MarketEvent head = HeadOf(MarketEventKind.Trade, index, venueNs);
        head.Price = price;
        head.Size = size;
        head.Aggressor = e.IsBuy ? Side.Bid : Side.Ask;
        if (context.InSpan(receiveNs))
            context.Event(row, ref head, receiveNs, [], []);
        return default;
    }

    private LineFault Depth(long row, in HftEvent e, ushort index, long venueNs, long receiveNs, ImportContext context)
    {
        Price price = default;
        Size size = default;
        bool clear = e.Kind == HftKind.DepthClear;
        if (!clear || (double.IsFinite(e.Price) && e.Price > 0))
        {
            LineFault fault = PriceAndSize(in e, context.Registry[index], out price, out size, clear);
            if (fault.Exists)
                return fault;
        }
        if (!clear && e.IsBuy == e.IsSell)
            return new LineFault(BadLineReason.UnknownSide, "ev");
        if (_open && (_head.VenueNs != venueNs || _head.ReceiveNs != receiveNs))
            Flush(row - 1, context);
        Open(index, venueNs, receiveNs);
        if (clear)
            Clear(row, in e, price, context);
        else
            Set(row, e.IsBuy ? Side.Bid : Side.Ask, price, size, context);
        return default;
    }

    private void Clear(long row, in HftEvent e, Price through, ImportContext context)
    {
        bool both = e.IsBuy == e.IsSell;
        if (both || e.IsBuy)
            ClearSide(row, Side.Bid, through, context);
        if (both || e.IsSell)
            ClearSide(row, Side.Ask, through, context);
    }

    private void ClearSide(long row, Side side, Price through, ImportContext context)
    {
        foreach (Price price in _book.Through(side, through))
            Set(row, side, price, Size.Zero, context);
    }

    private void Set(long row, Side side, Price price, Size size, ImportContext context)
    {
        if (_levels.Count == LevelBuffer.MostLevels)
        {
            (long venueNs, long receiveNs) = (_head.VenueNs, _head.ReceiveNs);
            Flush(row - 1, context);
            Open(_head.Instrument, venueNs, receiveNs);
        }
        _levels.TryAdd(side, price, size);
        _book.Set(side, price, size);
    }

    private void Open(ushort index, long venueNs, long receiveNs)
    {
        if (_open)
            return;
        _head = HeadOf(MarketEventKind.Diff, index, venueNs);
        _head.Flags = MarketEventFlags.Unsequenced | (_started ? MarketEventFlags.None : MarketEventFlags.ClearFirst);
        _head.ReceiveNs = receiveNs;
        _open = _started = true;
    }

    private void Flush(long row, ImportContext context)
    {
        if (_open && context.InSpan(_head.ReceiveNs))
            context.Event(row, ref _head, _head.ReceiveNs, _levels.Bids, _levels.Asks);
        _levels.Clear();
        _open = false;
    }

    private static MarketEvent HeadOf(MarketEventKind kind, ushort index, long venueNs) =>
        new() { Kind = kind, Instrument = index, VenueNs = venueNs, MatchNs = venueNs, TotalAskSize = double.NaN, TotalBidSize = double.NaN };

    private static LineFault PriceAndSize(in HftEvent e, Instrument instrument, out Price price, out Size size, bool priceOnly = false)
    {
        size = default;
        BadLineReason reason = ScaledNumber.OfDouble(e.Price, instrument.PriceDecimals, out long mantissa);
        price = new Price(mantissa);
        LineFault fault = LevelReading.Judge(reason, instrument, "px", price);
        if (fault.Exists || priceOnly)
            return fault;
        reason = ScaledNumber.OfDouble(e.Quantity, instrument.SizeDecimals, out mantissa);
        size = new Size(mantissa);
        return reason != BadLineReason.None ? new LineFault(reason, "qty") : mantissa < 0 ? new LineFault(BadLineReason.BadSize, "qty") : default;
    }

    private static byte[] Describe(in HftEvent e) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"ev={e.Ev:x} exch_ts={e.ExchangeTime} local_ts={e.LocalTime} px={e.Price:R} qty={e.Quantity:R} order_id={e.OrderId}"));
}
