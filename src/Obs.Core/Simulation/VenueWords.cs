using System;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Orders, requests, reports and counters as words, and back. The order of the words is on disk in snapshots.</summary>
internal static class VenueWords
{
    /// <summary>Writes an order.</summary>
    public static void Write<TWords>(in PaperOrder order, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(order.OrderId);
        words.Add(order.ArrivalNs);
        words.Add(order.Price.Mantissa);
        words.Add(order.Total.Mantissa);
        words.Add(order.Executed.Mantissa);
        words.Add(order.Queue.FrontUnits);
        words.Add(BitConverter.DoubleToInt64Bits(order.Queue.Front));
        words.Add(BitConverter.DoubleToInt64Bits(order.Queue.TradedSince));
        words.Add(Pack(order.Key));
        words.Add((long)order.Side | (long)order.Type << 8 | (long)order.TimeInForce << 16);
    }

    /// <summary>Reads an order.</summary>
    public static PaperOrder ReadOrder(ref WordReader words)
    {
        PaperOrder order = new()
        {
            OrderId = words.Next(),
            ArrivalNs = words.Next(),
            Price = new Price(words.Next()),
            Total = new Size(words.Next()),
            Executed = new Size(words.Next()),
            Queue = new QueuePosition
            {
                FrontUnits = words.Next(),
                Front = BitConverter.Int64BitsToDouble(words.Next()),
                TradedSince = BitConverter.Int64BitsToDouble(words.Next()),
            },
            Key = UnpackKey(words.Next()),
        };
        long kinds = words.Next();
        order.Side = (Side)(kinds & 0xFF);
        order.Type = (OrderType)(kinds >> 8 & 0xFF);
        order.TimeInForce = (TimeInForce)(kinds >> 16 & 0xFF);
        return order;
    }

    /// <summary>Writes a request on its way.</summary>
    public static void Write<TWords>(in HeldRequest held, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        OrderRequest request = held.Request;
        words.Add(held.ArrivalNs);
        words.Add(request.OrderId);
        words.Add(request.Sequence);
        words.Add(request.RequestNs);
        words.Add(request.Price.Mantissa);
        words.Add(request.Size.Mantissa);
        words.Add(Pack(request.Key));
        words.Add((long)request.Side | (long)request.Type << 8 | (long)request.TimeInForce << 16 | (long)request.Action << 24);
    }

    /// <summary>Reads a request on its way.</summary>
    public static HeldRequest ReadHeld(ref WordReader words)
    {
        long arrivalNs = words.Next();
        OrderRequest request = new()
        {
            OrderId = words.Next(),
            Sequence = words.Next(),
            RequestNs = words.Next(),
            Price = new Price(words.Next()),
            Size = new Size(words.Next()),
            Key = UnpackKey(words.Next()),
        };
        long kinds = words.Next();
        request.Side = (Side)(kinds & 0xFF);
        request.Type = (OrderType)(kinds >> 8 & 0xFF);
        request.TimeInForce = (TimeInForce)(kinds >> 16 & 0xFF);
        request.Action = (RequestAction)(kinds >> 24 & 0xFF);
        return new HeldRequest(request, arrivalNs);
    }

    /// <summary>Writes a report.</summary>
    public static void Write<TWords>(in OrderReport report, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(report.OrderId);
        words.Add(report.VenueNs);
        words.Add(report.ReportNs);
        words.Add(report.Price.Mantissa);
        words.Add(report.Size.Mantissa);
        words.Add(report.Left.Mantissa);
        words.Add(report.PrintSize.Mantissa);
        words.Add(Pack(report.Key));
        words.Add((long)report.Kind | (long)report.Side << 8 | (long)report.Liquidity << 16 | (long)report.Cause << 24);
    }

    /// <summary>Reads a report.</summary>
    public static OrderReport ReadReport(ref WordReader words)
    {
        OrderReport report = new()
        {
            OrderId = words.Next(),
            VenueNs = words.Next(),
            ReportNs = words.Next(),
            Price = new Price(words.Next()),
            Size = new Size(words.Next()),
            Left = new Size(words.Next()),
            PrintSize = new Size(words.Next()),
            Key = UnpackKey(words.Next()),
        };
        long kinds = words.Next();
        report.Kind = (ReportKind)(kinds & 0xFF);
        report.Side = (Side)(kinds >> 8 & 0xFF);
        report.Liquidity = (Liquidity)(kinds >> 16 & 0xFF);
        report.Cause = (FillCause)(kinds >> 24 & 0xFF);
        return report;
    }

    /// <summary>Writes what one cause has filled.</summary>
    public static void Write<TWords>(in CauseTally tally, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(tally.Executions);
        Write(tally.Size, ref words);
        Write(tally.BeyondEvidence, ref words);
    }

    /// <summary>Reads what one cause has filled.</summary>
    public static CauseTally ReadTally(ref WordReader words) =>
        new() { Executions = words.Next(), Size = ReadWide(ref words), BeyondEvidence = ReadWide(ref words) };

    private static void Write<TWords>(Int128 wide, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(unchecked((long)(wide >> 64)));
        words.Add(unchecked((long)wide));
    }

    private static Int128 ReadWide(ref WordReader words)
    {
        ulong upper = unchecked((ulong)words.Next());
        return new Int128(upper, unchecked((ulong)words.Next()));
    }

    private static long Pack(OrderKey key) => (long)unchecked((uint)key.Account) | (long)key.Mode << 32 | (long)key.Instrument << 40;

    private static OrderKey UnpackKey(long word) => new(unchecked((int)word), (TradingMode)(word >> 32 & 0xFF), unchecked((ushort)(word >> 40)));
}
