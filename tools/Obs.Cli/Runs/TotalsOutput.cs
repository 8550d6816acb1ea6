using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>Sums the executions of a scripted run and hands everything on to another output, if there is one.</summary>
internal sealed class TotalsOutput(EngineOutput? next) : EngineOutput
{
    private decimal _balance;
    private decimal _volume;
    private decimal _value;
    private decimal _position;
    private decimal _fee;

    /// <summary>The sums.</summary>
    public ExecutionTotals Sum() => new(_balance, _fee, _volume, _value, _position);

    /// <inheritdoc/>
    public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top) => next?.OnTop(book, instrument, quality, top);

    /// <inheritdoc/>
    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features) => next?.OnFeatures(book, instrument, features);

    /// <inheritdoc/>
    public override void OnPrediction(in MarketEvent book, Instrument instrument, double value) => next?.OnPrediction(book, instrument, value);

    /// <inheritdoc/>
    public override void OnSignal(in MarketEvent book, Instrument instrument, in Signal signal) => next?.OnSignal(book, instrument, signal);

    /// <inheritdoc/>
    public override void OnTrade(in MarketEvent trade, Instrument instrument) => next?.OnTrade(trade, instrument);

    /// <inheritdoc/>
    public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason) => next?.OnOrder(order, instrument, reason);

    /// <inheritdoc/>
    public override void OnExecution(in OrderReport execution, Instrument instrument, Money fee)
    {
        decimal size = instrument.ToDecimal(execution.Size);
        decimal value = instrument.ToDecimal(execution.Price) * size;
        int sign = execution.Side == Side.Bid ? 1 : -1;
        _volume += size;
        _value += value;
        _balance -= sign * value;
        _position += sign * size;
        _fee += new MoneyScale(instrument).ToDecimal(fee);
        next?.OnExecution(execution, instrument, fee);
    }

    /// <inheritdoc/>
    public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs) =>
        next?.OnReport(report, instrument, ledger, fee, engineNs);
}
