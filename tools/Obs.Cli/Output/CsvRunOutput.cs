using System;
using System.IO;
using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Output;

/// <summary>Writes the CSV files of a run: tops, features, predictions, orders, fills, equity; for scripted runs executions and reports too.</summary>
/// <remarks>Engine thread (fused) or output thread (split), never both. Orders are written at the end, one row each with its final state.</remarks>
internal sealed class CsvRunOutput : EngineOutput, IDisposable
{
    private const long NsPerMs = 1_000_000;

    private readonly CsvFile _tops;
    private readonly CsvFile _features;
    private readonly CsvFile? _allFeatures;
    private readonly CsvFile _predictions;
    private readonly CsvFile _orders;
    private readonly CsvFile _fills;
    private readonly CsvFile _equity;
    private readonly ScriptCsv? _script;
    private readonly bool _isFillAnExecution;
    private readonly OrderRows _orderRows = new();

    /// <summary>Creates the files in a folder, which is created when missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="script">A script adds executions.csv and reports.csv. In a compatible run a report may stand for several executions, so its
    /// fills are the executions themselves, as in its ledger.</param>
    /// <param name="allFeatures">True adds features_all.csv, one column for each feature by its name; absent is empty.</param>
    public CsvRunOutput(string folder, ScriptKind script, bool allFeatures)
    {
        Directory.CreateDirectory(folder);
        _tops = new CsvFile(folder, "tops.csv", "seq,recv_ns,venue_ms,symbol,quality,bid,bid_size,ask,ask_size");
        _features = new CsvFile(folder, "features.csv", "timestamp,symbol,spread,mid_price,obi,price_volatility,buy_sell_ratio,price_change_rate");
        _allFeatures = allFeatures ? new CsvFile(folder, "features_all.csv", AllFeaturesHeader()) : null;
        _predictions = new CsvFile(folder, "predictions.csv", "timestamp,symbol,value");
        _orders = new CsvFile(folder, "orders.csv", "seq,order_id,recv_ns,symbol,side,type,tif,price,size,state,reason");
        _fills = new CsvFile(folder, "fills.csv", "order_id,venue_ns,report_ns,symbol,side,price,size,liquidity,cause,fee");
        _equity = new CsvFile(folder, "equity.csv", "recv_ns,symbol,position,cash,realized_pnl,cost,fees");
        _script = script != ScriptKind.None ? new ScriptCsv(folder) : null;
        _isFillAnExecution = script == ScriptKind.Compatible;
    }

    /// <inheritdoc/>
    public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
    {
        _tops.Integer(book.Sequence).Integer(book.ReceiveNs).Integer(book.VenueNs / NsPerMs).Text(instrument.Symbol).Text(CsvWords.Of(quality));
        Level(_tops, top.Bid, instrument);
        Level(_tops, top.Ask, instrument);
        _tops.EndRow();
    }

    /// <inheritdoc/>
    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features)
    {
        Write(_features, FeatureId.PriceChangeRate, book, instrument, features);
        if (_allFeatures is not null)
            Write(_allFeatures, (FeatureId)(FeatureNames.Count - 1), book, instrument, features);
    }

    /// <inheritdoc/>
    public override void OnPrediction(in MarketEvent book, Instrument instrument, double value) =>
        _predictions.Integer(book.VenueNs / NsPerMs).Text(instrument.Symbol).Number(value).EndRow();

    /// <inheritdoc/>
    public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason) => _orderRows.Add(order, instrument, reason);

    /// <inheritdoc/>
    public override void OnExecution(in OrderReport execution, Instrument instrument, Money fee)
    {
        _script?.Executions.Add((execution, instrument));
        if (_isFillAnExecution)
            WriteFill(execution, instrument, new MoneyScale(instrument), fee);
    }

    /// <inheritdoc/>
    public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs)
    {
        _script?.Reports.Add((report, instrument));
        _orderRows.Update(report);
        if (report.Size == Size.Zero || report.Kind is not (ReportKind.Filled or ReportKind.PartiallyFilled))
            return;
        if (!_isFillAnExecution)
            WriteFill(report, instrument, ledger.Scale, fee);
        _equity.Integer(engineNs).Text(instrument.Symbol).Plain(ledger.PositionMantissa, instrument.SizeDecimals).Text(Decimal(ledger.Scale, ledger.Cash))
            .Text(Decimal(ledger.Scale, ledger.RealizedPnl)).Text(Decimal(ledger.Scale, ledger.Cost)).Text(Decimal(ledger.Scale, ledger.FeesPaid)).EndRow();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _orderRows.WriteTo(_orders);
        _tops.Dispose();
        _features.Dispose();
        _allFeatures?.Dispose();
        _predictions.Dispose();
        _orders.Dispose();
        _fills.Dispose();
        _equity.Dispose();
        _script?.Dispose();
    }

    private void WriteFill(in OrderReport fill, Instrument instrument, MoneyScale scale, Money fee) =>
        _fills.Integer(fill.OrderId).Integer(fill.VenueNs).Integer(fill.ReportNs).Text(instrument.Symbol).Text(CsvWords.Of(fill.Side))
            .Plain(fill.Price.Mantissa, instrument.PriceDecimals).Plain(fill.Size.Mantissa, instrument.SizeDecimals)
            .Text(CsvWords.Of(fill.Liquidity)).Text(CsvWords.Of(fill.Cause)).Text(Decimal(scale, fee)).EndRow();

    private static string Decimal(MoneyScale scale, Money money) =>
        scale.ToDecimal(money).ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture);

    private static string AllFeaturesHeader()
    {
        System.Text.StringBuilder header = new("timestamp,symbol");
        for (int id = 0; id < FeatureNames.Count; id++)
            header.Append(',').Append(FeatureNames.Of((FeatureId)id));
        return header.ToString();
    }

    private static void Write(CsvFile file, FeatureId last, in MarketEvent book, Instrument instrument, in FeatureRow features)
    {
        file.Integer(book.VenueNs / NsPerMs).Text(instrument.Symbol);
        for (FeatureId id = FeatureId.Spread; id <= last; id++)
        {
            if (features.TryGet(id, out double value))
                file.Number(value);
            else
                file.Empty();
        }
        file.EndRow();
    }

    private static void Level(CsvFile file, in BookLevel level, Instrument instrument)
    {
        if (level.Size == Size.Zero)
            file.Empty().Empty();
        else
            file.Plain(level.Price.Mantissa, instrument.PriceDecimals).Plain(level.Size.Mantissa, instrument.SizeDecimals);
    }
}
