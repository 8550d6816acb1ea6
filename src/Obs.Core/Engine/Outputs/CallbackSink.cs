using System;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine.Outputs;

/// <summary>Turns records of the line back into the calls of an <see cref="EngineOutput"/>: CSV files, totals, an order's story.</summary>
/// <remarks>The line's consuming thread. Features, predictions and signals come with a frame of which only sequence, times and market are filled.</remarks>
internal sealed class CallbackSink(EngineOutput target) : OutputSink
{
    /// <inheritdoc/>
    public override void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels)
    {
        switch (slot.Kind)
        {
            case OutputKind.BookChange:
                target.OnBook(slot.Book.Frame, levels, instrument!, (BookQuality)slot.Book.Quality, new TopOfBook(slot.Book.Bid, slot.Book.Ask));
                break;
            case OutputKind.Trade:
                target.OnTrade(slot.Trade, instrument!);
                break;
            case OutputKind.Feature:
                target.OnFeatures(FrameOf(slot, slot.Features.ReceiveNs, slot.Features.VenueNs), instrument!, slot.Features.Row);
                break;
            case OutputKind.Prediction:
                target.OnPrediction(FrameOf(slot, slot.Prediction.ReceiveNs, slot.Prediction.VenueNs), instrument!, slot.Prediction.Value);
                break;
            case OutputKind.Signal:
                target.OnSignal(FrameOf(slot, slot.Signal.ReceiveNs, slot.Signal.VenueNs), instrument!, slot.Signal.Signal);
                break;
            case OutputKind.Order:
                target.OnOrder(slot.Order.Order, instrument!, slot.Order.Reason);
                break;
            case OutputKind.Fill:
                target.OnExecution(slot.Fill.Execution.Report, instrument!, new Trading.Money(slot.Fill.Fee));
                break;
            case OutputKind.Report:
                target.OnReport(slot.Report.Report, instrument!, slot.Report.Ledger(instrument!), slot.Report.Fee, slot.EngineNs);
                break;
            default:
                OnRest(ref slot, instrument);
                break;
        }
    }

    private void OnRest(ref OutputSlot slot, Instrument? instrument)
    {
        switch (slot.Kind)
        {
            case OutputKind.Market:
                target.OnMarket(slot.Market, instrument!);
                break;
            case OutputKind.Quality:
                target.OnQuality(slot.Market, instrument!, (BookQuality)slot.Number);
                break;
            case OutputKind.Outcome:
                target.OnOutcome(new CommandOutcome(slot.Outcome.CommandSequence, (EngineCommandKind)slot.Outcome.Kind, (CommandReason)slot.Outcome.Reason));
                break;
            case OutputKind.StateHash:
                target.OnStateHash(slot.Sequence, slot.Number);
                break;
        }
    }

    private static MarketEvent FrameOf(in OutputSlot slot, long receiveNs, long venueNs) =>
        new() { Sequence = slot.Sequence, ReceiveNs = receiveNs, VenueNs = venueNs, Instrument = slot.Market };
}
