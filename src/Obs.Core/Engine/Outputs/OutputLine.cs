using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine.Outputs;

/// <summary>Takes what the engine derives through a bounded ring to those who write it down: on a thread of their own (split), or on the engine's
/// thread between two records (fused).</summary>
/// <remarks>The same records in the same order either way, so files are the same bytes. The engine's side writes into the ring and allocates nothing.
/// When the ring or the arena of levels is full the engine waits; in the fused layout waiting means writing down what is in it. A sink that throws
/// stops the line: the next record of the engine, or <see cref="Finish"/>, throws the same.</remarks>
internal sealed class OutputLine : EngineOutput, IDisposable
{
    /// <summary>Market of records that belong to none.</summary>
    public const ushort NoMarket = ushort.MaxValue;

    private const int SplitSlots = 8_192;
    private const int FusedSlots = 1_024;
    private const int SliceRecords = 16;

    private readonly OutputSink[] _sinks;
    private readonly RingBuffer<OutputSlot> _ring;
    private readonly SingleProducerSequencer<SleepingWaitStrategy> _sequencer;
    private readonly EventPoller<OutputSlot, SleepingWaitStrategy>? _poller;
    private readonly BatchEventProcessor<OutputSlot, Handler, SleepingWaitStrategy>? _processor;
    private readonly ProcessorThread? _thread;
    private readonly LevelArena _arena;
    private readonly Instrument?[] _markets = new Instrument?[InstrumentRegistry.Capacity];
    private Handler _handler;
    private PipelineContext? _engine;
    private bool _isEnded;

    /// <summary>A line, its thread running where it has one.</summary>
    /// <param name="sinks">Who writes, in this order; the caller closes them after <see cref="Finish"/>.</param>
    /// <param name="hasThread">True gives the sinks a thread of their own.</param>
    /// <param name="pinToCpu">Core of that thread, or null.</param>
    /// <param name="slots">Slots of the ring, a power of two; 0 = 8,192 with a thread, 1,024 without.</param>
    public OutputLine(OutputSink[] sinks, bool hasThread, int? pinToCpu = null, int slots = 0)
    {
        _sinks = sinks;
        int capacity = slots > 0 ? slots : hasThread ? SplitSlots : FusedSlots;
        _ring = new RingBuffer<OutputSlot>(capacity);
        _arena = hasThread ? new LevelArena() : new LevelArena(4 * RecordDecoder.LevelsMax);
        SleepingWaitStrategy wait = SleepingWaitStrategy.Create();
        _sequencer = new SingleProducerSequencer<SleepingWaitStrategy>(capacity, wait);
        SequenceBarrier<SleepingWaitStrategy> barrier = new(_sequencer, wait);
        _handler = new Handler(this);
        if (!hasThread)
        {
            _poller = new EventPoller<OutputSlot, SleepingWaitStrategy>(_ring, _sequencer, barrier);
            _sequencer.GateBy(_poller.Progress);
            return;
        }
        _processor = new BatchEventProcessor<OutputSlot, Handler, SleepingWaitStrategy>("obs outputs", _ring, _sequencer, barrier, _handler);
        _sequencer.GateBy(_processor.Progress);
        _thread = new ProcessorThread(_processor, pinToCpu);
        _thread.Start();
    }

    /// <summary>Records derived so far. Engine thread.</summary>
    public long Derived => _sequencer.Cursor.Value + 1;

    /// <summary>Whether the sinks have a thread of their own.</summary>
    public bool HasThread => _thread is not null;

    /// <inheritdoc/>
    public override void Attach(PipelineContext engine) => _engine = engine;

    /// <inheritdoc/>
    public override bool RunSlice()
    {
        if (_poller is null)
            return false;
        int handled = _poller.Poll(ref _handler, SliceRecords);
        return handled == SliceRecords;
    }

    /// <summary>Waits until everything derived so far is written down. Engine thread.</summary>
    public void Drain()
    {
        long last = _sequencer.Cursor.Value;
        while (_poller is not null ? _poller.Poll(ref _handler) > 0 : _processor!.Progress.Value < last)
        {
            ThrowIfStopped();
            if (_processor is not null)
                Thread.Yield();
        }
        ThrowIfStopped();
    }

    /// <summary>Waits until everything is written down and ends the thread. Engine thread, or any after it has ended.</summary>
    /// <exception cref="Exception">Whatever stopped the line.</exception>
    public void Finish()
    {
        Drain();
        Dispose();
    }

    /// <summary>Ends the thread without a word about failures; what is in the ring is written down where it can be.</summary>
    public void Dispose()
    {
        if (_isEnded)
            return;
        _isEnded = true;
        _processor?.Finish();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public override void OnMarketOpened(ushort index, Instrument instrument) => _markets[index] = instrument;

    /// <inheritdoc/>
    public override void OnMarket(ushort index, Instrument instrument)
    {
        _ = Begin(OutputKind.Market, index, instrument, out long at);
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnBook(in MarketEvent book, ReadOnlySpan<BookLevel> levels, Instrument instrument, BookQuality quality, in TopOfBook top)
    {
        Debug.Assert(levels.Length == book.BidCount + book.AskCount, "the levels of the frame and no more");
        long levelsAt;
        while (!_arena.TryWrite(levels, out levelsAt))
            MakeRoom();
        ref OutputSlot slot = ref Begin(OutputKind.BookChange, book.Instrument, instrument, out long at);
        (slot.LevelsAt, slot.LevelCount, slot.ArenaEnd) = (levelsAt, levels.Length, _arena.WriteAt);
        slot.Book.Frame = book;
        (slot.Book.Bid, slot.Book.Ask, slot.Book.Quality) = (top.Bid, top.Ask, (long)quality);
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features)
    {
        ref OutputSlot slot = ref Begin(OutputKind.Feature, book.Instrument, instrument, out long at);
        (slot.Features.ReceiveNs, slot.Features.VenueNs, slot.Features.Kept) = (book.ReceiveNs, book.VenueNs, _engine!.LoggedFeatures);
        slot.Features.Row = features;
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnPrediction(in MarketEvent book, Instrument instrument, double value)
    {
        ref OutputSlot slot = ref Begin(OutputKind.Prediction, book.Instrument, instrument, out long at);
        (slot.Prediction.ReceiveNs, slot.Prediction.VenueNs, slot.Prediction.Value) = (book.ReceiveNs, book.VenueNs, value);
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnSignal(in MarketEvent book, Instrument instrument, in Signal signal)
    {
        ref OutputSlot slot = ref Begin(OutputKind.Signal, book.Instrument, instrument, out long at);
        (slot.Signal.ReceiveNs, slot.Signal.VenueNs) = (book.ReceiveNs, book.VenueNs);
        (slot.Signal.Direction, slot.Signal.Value, slot.Signal.Threshold, slot.Signal.Cost) = ((long)signal.Direction, signal.Value, signal.Threshold, signal.Cost);
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnTrade(in MarketEvent trade, Instrument instrument)
    {
        Begin(OutputKind.Trade, trade.Instrument, instrument, out long at).Trade = trade;
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason)
    {
        Begin(OutputKind.Order, order.Key.Instrument, instrument, out long at).Order = new OrderRecord(order, reason);
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnExecution(in OrderReport execution, Instrument instrument, Money fee)
    {
        ref OutputSlot slot = ref Begin(OutputKind.Fill, execution.Key.Instrument, instrument, out long at);
        slot.Fill = new FillRecord { Fee = fee.Units, Execution = new ReportFields(execution) };
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnReport(in OrderReport report, Instrument instrument, in LedgerView ledger, Money fee, long engineNs)
    {
        Begin(OutputKind.Report, report.Key.Instrument, instrument, out long at).Report = new ReportRecord(report, ledger, fee);
        Debug.Assert(engineNs == _ring[at].EngineNs, "a report is delivered at engine time");
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnQuality(ushort index, Instrument instrument, BookQuality quality)
    {
        Begin(OutputKind.Quality, index, instrument, out long at).Number = (ulong)quality;
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnOutcome(in CommandOutcome outcome)
    {
        Begin(OutputKind.Outcome, NoMarket, null, out long at).Outcome =
            new OutcomeRecord { CommandSequence = outcome.Sequence, Kind = (int)outcome.Kind, Reason = (int)outcome.Reason };
        _sequencer.Publish(at);
    }

    /// <inheritdoc/>
    public override void OnStateHash(long sequence, ulong hash)
    {
        ref OutputSlot slot = ref Begin(OutputKind.StateHash, NoMarket, null, out long at);
        (slot.Sequence, slot.Number) = (sequence, hash);
        _sequencer.Publish(at);
    }

    private ref OutputSlot Begin(OutputKind kind, ushort index, Instrument? instrument, out long at)
    {
        while (!TryClaim(out at))
            MakeRoom();
        ref OutputSlot slot = ref _ring[at];
        PipelineContext engine = _engine!;
        slot.Kind = kind;
        slot.Market = instrument is null || ReferenceEquals(_markets[index], instrument) ? index : Find(instrument);
        slot.Venue = instrument?.Venue ?? VenueId.None;
        slot.LevelCount = 0;
        slot.Sequence = engine.Sequence;
        slot.EngineNs = engine.EngineNs;
        return ref slot;
    }

    private bool TryClaim(out long at)
    {
        if (_sequencer.Stopped is not null)
            ThrowIfStopped();
        return _sequencer.TryClaim(1, out at);
    }

    // a script's cancel names no market, so its report may not either
    private ushort Find(Instrument instrument)
    {
        int index = Array.FindIndex(_markets, market => ReferenceEquals(market, instrument));
        Debug.Assert(index >= 0, "a market derives nothing before it was opened");
        return (ushort)index;
    }

    private void MakeRoom()
    {
        ThrowIfStopped();
        if (_poller is null)
            Thread.SpinWait(20);
        else
            _ = _poller.Poll(ref _handler, SliceRecords);
    }

    private void ThrowIfStopped()
    {
        if (_sequencer.Stopped is { Cause: { } cause })
            ExceptionDispatchInfo.Throw(cause);
    }

    private void Handle(ref OutputSlot slot)
    {
        Instrument? instrument = slot.Market == NoMarket ? null : _markets[slot.Market];
        ReadOnlySpan<BookLevel> levels = slot.LevelCount == 0 ? default : _arena.Read(slot.LevelsAt, slot.LevelCount);
        foreach (OutputSink sink in _sinks)
            sink.On(ref slot, instrument, levels);
        if (slot.Kind == OutputKind.BookChange)
            _arena.FreeThrough(slot.ArenaEnd);
    }

    private readonly struct Handler(OutputLine line) : IEventHandler<OutputSlot>
    {
        public void OnEvent(ref OutputSlot entry, long sequence, bool isEndOfBatch) => line.Handle(ref entry);
    }
}
