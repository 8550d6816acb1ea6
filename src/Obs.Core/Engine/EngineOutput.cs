using System;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Receives what an engine derives, in order. Calls happen on the engine thread, once per row, order or report, never per level.</summary>
/// <remarks>Implementations copy what they keep and return quickly; what they do never flows back into the engine.</remarks>
internal abstract class EngineOutput
{
    /// <summary>A depth frame was applied, with its levels as sent: bids, then asks. Leads to <see cref="OnTop"/> where nobody wants the levels.</summary>
    public virtual void OnBook(in MarketEvent book, ReadOnlySpan<BookLevel> levels, Instrument instrument, BookQuality quality, in TopOfBook top) =>
        OnTop(book, instrument, quality, top);

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

    /// <summary>The engine that derives; called once, before anything else.</summary>
    public virtual void Attach(PipelineContext engine)
    {
    }

    /// <summary>Does a slice of the output's own work on the engine's thread, between two records; true while more remains.</summary>
    public virtual bool RunSlice() => false;

    /// <summary>The stages of a market were built; its index and instrument go together from now on. Not part of the run's results.</summary>
    public virtual void OnMarketOpened(ushort index, Instrument instrument)
    {
    }

    /// <summary>A market's first frame: it belongs to the run from now on.</summary>
    public virtual void OnMarket(ushort index, Instrument instrument)
    {
    }

    /// <summary>A book's quality changed.</summary>
    public virtual void OnQuality(ushort index, Instrument instrument, BookQuality quality)
    {
    }

    /// <summary>A command was answered.</summary>
    public virtual void OnOutcome(in CommandOutcome outcome)
    {
    }

    /// <summary>The state hash at a checkpoint.</summary>
    public virtual void OnStateHash(long sequence, ulong hash)
    {
    }
}
