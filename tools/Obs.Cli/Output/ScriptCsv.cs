using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>executions.csv and reports.csv of a scripted run, sorted by venue time and id, as the reference files are; rows of one order and time stay in the order they happened.</summary>
internal sealed class ScriptCsv(string folder) : IDisposable
{
    /// <summary>Executions in order of matching.</summary>
    public List<(OrderReport Report, Instrument Instrument)> Executions { get; } = [];

    /// <summary>Reports in order of delivery.</summary>
    public List<(OrderReport Report, Instrument Instrument)> Reports { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        using CsvFile executions = new(folder, "executions.csv", "order_id,venue_ns,report_ns,side,price,size,liquidity,cause");
        foreach ((OrderReport row, Instrument instrument) in Sorted(Executions))
        {
            Stamp(executions, row).Text(CsvWords.Of(row.Side)).AtLeast(row.Price.Mantissa, instrument.PriceDecimals, instrument.TickDecimals)
                .AtLeast(row.Size.Mantissa, instrument.SizeDecimals, instrument.LotDecimals).Text(CsvWords.Of(row.Liquidity)).Text(CsvWords.Of(row.Cause)).EndRow();
        }
        using CsvFile reports = new(folder, "reports.csv", "order_id,venue_ns,report_ns,report,price,size,left,liquidity");
        foreach ((OrderReport row, Instrument instrument) in Sorted(Reports))
            WriteReport(reports, row, instrument);
    }

    private static void WriteReport(CsvFile file, in OrderReport row, Instrument instrument)
    {
        Stamp(file, row).Text(CsvWords.Of(row.Kind));
        bool hasExecution = row.Size > Size.Zero;
        if (hasExecution)
            file.AtLeast(row.Price.Mantissa, instrument.PriceDecimals, instrument.TickDecimals).AtLeast(row.Size.Mantissa, instrument.SizeDecimals, instrument.LotDecimals);
        else
            file.Empty().Empty();
        if (row.Kind is ReportKind.CancelRejected or ReportKind.ModifyRejected)
            file.Empty();
        else
            file.AtLeast(row.Left.Mantissa, instrument.SizeDecimals, instrument.LotDecimals);
        file.Text(CsvWords.Of(row.Liquidity)).EndRow();
    }

    private static CsvFile Stamp(CsvFile file, in OrderReport row) => file.Integer(row.OrderId).Integer(row.VenueNs).Integer(row.ReportNs);

    private static IEnumerable<(OrderReport Report, Instrument Instrument)> Sorted(List<(OrderReport Report, Instrument Instrument)> rows) =>
        rows.OrderBy(static r => r.Report.VenueNs).ThenBy(static r => r.Report.OrderId);
}
