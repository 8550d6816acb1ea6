using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>A fixed list of requests to run instead of a strategy: CSV <c>recv_ns,action,order_id,side,price,size,type,tif</c>, plain or gz, sorted by time.</summary>
internal static class OrderScript
{
    private const string Header = "recv_ns,action,order_id,side,price,size,type,tif";

    /// <summary>Reads a script for one instrument.</summary>
    /// <exception cref="CliException">Missing file, wrong header, a bad cell, times going back, a cancel of an id the script never submits.</exception>
    public static OrderRequest[] Read(string path, Instrument instrument)
    {
        List<OrderRequest> requests = [];
        HashSet<long> submitted = [];
        List<(long Id, int Line)> referred = [];
        if (!File.Exists(path))
            throw new CliException(ExitCode.BadInput, $"--orders {path}: there is no such file.");
        foreach ((int number, string line) in TextLines.Read(path))
        {
            if (number == 1 && line != Header)
                throw Bad(path, 1, "header", line, $"write '{Header}'");
            if (number == 1 || line.Length == 0)
                continue;
            OrderRequest request = ParseLine(path, number, line, instrument);
            if (requests.Count > 0 && request.RequestNs < requests[^1].RequestNs)
                throw Bad(path, number, "recv_ns", request.RequestNs.ToString(CultureInfo.InvariantCulture), "sort the script by time");
            if (request.Action == RequestAction.Submit && !submitted.Add(request.OrderId))
                throw Bad(path, number, "order_id", request.OrderId.ToString(CultureInfo.InvariantCulture), "submit each id once");
            if (request.Action != RequestAction.Submit)
                referred.Add((request.OrderId, number));
            requests.Add(request);
        }
        foreach ((long id, int line) in referred)
        {
            if (!submitted.Contains(id))
                throw Bad(path, line, "order_id", id.ToString(CultureInfo.InvariantCulture), "refer to an id that the script submits");
        }
        return [.. requests];
    }

    private static OrderRequest ParseLine(string path, int number, string line, Instrument instrument)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 8)
            throw Bad(path, number, "row", line, "write 8 cells");
        OrderRequest request = new()
        {
            RequestNs = Time(path, number, cells[0]),
            Action = cells[1] switch
            {
                "submit" => RequestAction.Submit,
                "cancel" => RequestAction.Cancel,
                "modify" => RequestAction.Modify,
                _ => throw Bad(path, number, "action", cells[1], "write submit, cancel or modify"),
            },
            OrderId = Integer(path, number, "order_id", cells[2]),
        };
        if (request.Action == RequestAction.Cancel)
            return request;
        request.Size = new Size(Mantissa(path, number, "size", cells[5], instrument.SizeDecimals));
        if (request.Action == RequestAction.Submit)
            FillTerms(path, number, cells, ref request);
        if (request.Type == OrderType.Limit)
            request.Price = new Price(Mantissa(path, number, "price", cells[4], instrument.PriceDecimals));
        return request;
    }

    private static void FillTerms(string path, int number, string[] cells, ref OrderRequest request)
    {
        request.Side = cells[3] switch
        {
            "BUY" => Side.Bid,
            "SELL" => Side.Ask,
            _ => throw Bad(path, number, "side", cells[3], "write BUY or SELL"),
        };
        request.Type = cells[6] switch
        {
            "LIMIT" => OrderType.Limit,
            "MARKET" => OrderType.Market,
            _ => throw Bad(path, number, "type", cells[6], "write LIMIT or MARKET"),
        };
        request.TimeInForce = cells[7] switch
        {
            "GTC" => TimeInForce.Gtc,
            "GTX" => TimeInForce.Gtx,
            "IOC" => TimeInForce.Ioc,
            "FOK" => TimeInForce.Fok,
            _ => throw Bad(path, number, "tif", cells[7], "write GTC, GTX, IOC or FOK"),
        };
    }

    private static long Time(string path, int number, string text)
    {
        long ns = Integer(path, number, "recv_ns", text);
        return ns < ReceiveTime.EndNs ? ns : throw Bad(path, number, "recv_ns", text, "write ns since 1970 as the recording has them");
    }

    private static long Integer(string path, int number, string field, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0
            ? value
            : throw Bad(path, number, field, text, "write a positive integer");

    private static long Mantissa(string path, int number, string field, string text, int decimals)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || value <= 0)
            throw Bad(path, number, field, text, "write a positive decimal number");
        decimal largest = long.MaxValue / PowersOfTen.AsDecimal[decimals];
        if (value > largest)
            throw Bad(path, number, field, text, $"the largest possible here is {largest.ToString(CultureInfo.InvariantCulture)}");
        decimal mantissa = value * PowersOfTen.AsDecimal[decimals];
        if (decimal.Truncate(mantissa) != mantissa)
            throw Bad(path, number, field, text, $"use at most {decimals} decimals");
        return (long)mantissa;
    }

    private static CliException Bad(string path, int line, string field, string value, string remedy) =>
        new(ExitCode.BadInput, $"{path}, line {line}, {field}: '{TextLines.Shown(value)}' is not usable; {remedy}.");
}
