using System;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Receives what an engine derives, in order. Calls happen on the engine thread, once per row, order or report, never per level.</summary>
/// <remarks>Implementations copy what they keep and return quickly; what they do never flows back into the engine.</remarks>
internal abstract class EngineOutput
{
    /// <summary>A depth frame was applied: the top of the book after it.</summary>
    public virtual void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
    {
    }

    /// <summary>Features of the same row.</summary>
    public virtual void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features)
    {
    }

    /// <summary>A prediction, in the model's own unit.</summary>
    public virtual void OnPrediction(in MarketEvent book, Instrument instrument, double value)
    {
    }

    /// <summary>A decision past the threshold.</summary>
    public virtual void OnSignal(in MarketEvent book, Instrument instrument, in Signal signal)
    {
    }

    /// <summary>A trade that counts.</summary>
    public virtual void OnTrade(in MarketEvent trade, Instrument instrument)
    {
    }

    /// <summary>An order left the risk stage: passed, or refused with a reason.</summary>
    public virtual void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason)
    {
    }

    /// <summary>An execution at the paper venue, at the moment of the match.</summary>
    public virtual void OnExecution(in OrderReport execution, Instrument instrument, Money fee)
    {
    }

    /// <summary>A report was delivered and booked.</summary>
    /// <param name="report">The report.</param>
    /// <param name="instrument">Its market.</param>
    /// <param name="ledger">The ledger after booking, as values: an output may run on another thread.</param>
    /// <param name="fee">Fee of the execution in it; zero without one.</param>
    /// <param name="engineNs">Engine time of the delivery.</param>
    public virtual void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs)
    {
    }

    /// <summary>A command was answered.</summary>
    public virtual void OnOutcome(in CommandOutcome outcome)
    {
    }

    /// <summary>A frame was refused by its decoder.</summary>
    public virtual void OnRejectedFrame(long sequence, long receiveNs, DecodeStatus status, ReadOnlySpan<byte> frame)
    {
    }
}
