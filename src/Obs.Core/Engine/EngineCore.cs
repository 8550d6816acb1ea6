using System;
using System.Collections.Generic;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>The engine: a pure function of the records it is given. The same records and options give the same states, orders and outputs, bit for bit.</summary>
/// <remarks>One thread. No clock, no randomness, no I/O; no allocation per frame after a market's first. Timing is stamped into a recorder and never read back.</remarks>
internal sealed class EngineCore
{
    private readonly PipelineContext _context;
    private readonly InstrumentRegistry _registry;
    private readonly MarketPipeline?[] _pipelines = new MarketPipeline?[InstrumentRegistry.Capacity];
    private readonly List<MarketPipeline> _active = new(InstrumentRegistry.Capacity);
    private readonly long[] _rejectedByReason = new long[Enum.GetValues<DecodeStatus>().Length];
    private readonly long[] _dueNs = new long[InstrumentRegistry.Capacity];
    private byte[] _settings = [];
    private StateHashChain _chain;
    private long _nextDueNs = long.MaxValue;

    /// <summary>An engine at the start of a journal.</summary>
    /// <param name="options">What it shall do.</param>
    /// <param name="registry">The run's instruments; the decoders of the run add to it.</param>
    /// <param name="output">Receiver of what is derived, or null.</param>
    /// <param name="background">Thread that does the models' background part (layout split), or null; the results are the same.</param>
    public EngineCore(EngineOptions options, InstrumentRegistry registry, EngineOutput? output, BackgroundThread? background = null)
    {
        _context = new PipelineContext(options, output, Stalls, background);
        _registry = registry;
        output?.Attach(_context);
        Array.Fill(_dueNs, long.MaxValue);
    }

    private EngineCore(EngineCore real, EngineOptions options)
    {
        _context = new PipelineContext(options, output: null, Stalls, lender: real._context);
        _registry = real._registry;
        Array.Fill(_dueNs, long.MaxValue);
    }

    /// <summary>An engine beside this one, on the same thread, for the same markets: without output, with the same packed model.</summary>
    public EngineCore Shadow(EngineOptions options) => new(this, options);

    /// <summary>Options of the run.</summary>
    public EngineOptions Options => _context.Options;

    /// <summary>Counters so far.</summary>
    public ref readonly EngineCounters Counters => ref _context.Counters;

    /// <summary>Stage timing of sampled frames.</summary>
    public LatencyRecorder Timing => _context.Timing;

    /// <summary>Knows when the machine kept the engine waiting; fed by the loop around the engine.</summary>
    public StallDetector Stalls { get; } = new();

    /// <summary>Engine time, ns: running maximum of receive times.</summary>
    public long EngineNs => _context.EngineNs;

    /// <summary>Sequence of the last record.</summary>
    public long Sequence => _context.Sequence;

    /// <summary>Markets in order of appearance.</summary>
    public IReadOnlyList<MarketPipeline> Markets => _active;

    /// <summary>Refused frames by <see cref="DecodeStatus"/>.</summary>
    public ReadOnlySpan<long> RejectedByReason => _rejectedByReason;

    /// <summary>Refused orders by <see cref="RejectReason"/>.</summary>
    public ReadOnlySpan<long> RejectsByReason => _context.RejectsByReason;

    /// <summary>True while the kill switch is engaged: no order passes.</summary>
    public bool IsKilled => _context.Commands.IsKilled;

    /// <summary>The answer to the newest command.</summary>
    public CommandOutcome LastOutcome => _context.Commands.Last;

    /// <summary>The settings record in force; empty where none was read.</summary>
    public ReadOnlySpan<byte> SettingsInForce => _settings;

    /// <summary>The earliest time after now at which something falls due without a record; <see cref="long.MaxValue"/> for nothing.</summary>
    public long NextDueNs => _nextDueNs == long.MaxValue ? long.MaxValue : Math.Max(_nextDueNs, _context.EngineNs + 1);

    /// <summary>Hash over all checkpoints and the state now.</summary>
    public ulong StateHash => _chain.At(_context.Sequence, Digest());

    /// <summary>Opens the registry's markets beforehand, with the memory of a long run, so that no frame allocates. Their states begin with their first frame all the same.</summary>
    public void OpenMarkets()
    {
        for (int index = 0; index < _registry.Count; index++)
            _pipelines[index] ??= Create((ushort)index);
    }

    /// <summary>A decoded frame. The caller decoded it with the run's registry.</summary>
    public void OnFrame(ref MarketEvent e, ReadOnlySpan<BookLevel> levels, DecodeStatus status, long receiveNs)
    {
        BeginRecord(receiveNs);
        e.Sequence = _context.Sequence;
        e.ReceiveNs = receiveNs;
        if (status != DecodeStatus.Ok)
        {
            _context.Counters.Rejected++;
            _rejectedByReason[(int)status]++;
        }
        else
        {
            _context.Counters.Frames++;
            if (e.Kind is not MarketEventKind.Other and not MarketEventKind.Ticker && PipelineOf(e.Instrument) is { } pipeline)
            {
                pipeline.OnEvent(ref e, levels);
                UpdateDue(pipeline);
            }
        }
        EndRecord();
    }

    /// <summary>A depth frame or snapshot from before the run: it builds the book and nothing else. No sequence, no time, no count, no row; trades are left out.</summary>
    public void Prime(ref MarketEvent e, ReadOnlySpan<BookLevel> levels, long receiveNs)
    {
        Instrument? instrument = e.Kind is MarketEventKind.Diff or MarketEventKind.FullBook or MarketEventKind.Snapshot ? _registry[e.Instrument] : null;
        if (instrument is null || (_context.Options.Symbol is { } only && only != instrument.Symbol))
            return;
        e.ReceiveNs = receiveNs;
        (_pipelines[e.Instrument] ??= Create(e.Instrument)).Prime(e, levels);
    }

    /// <summary>A timer record.</summary>
    public void OnTimer(long engineNs)
    {
        BeginRecord(engineNs);
        _context.Counters.Timers++;
        EndRecord();
    }

    /// <summary>Passes a run of timers in which nothing falls due: the same sequences and the same hash as one by one.</summary>
    public void OnTimers(long count, long lastNs)
    {
        Debug.Assert(lastNs < NextDueNs, "something fell due in a run of timers that was passed in one step");
        Debug.Assert(count > 0, "an empty run of timers");
        _context.EngineNs = Math.Max(_context.EngineNs, lastNs);
        _context.Counters.Timers += count;
        long end = _context.Sequence + count;
        long checkpoint = ((_context.Sequence / StateHashChain.Interval) + 1) * StateHashChain.Interval;
        if (checkpoint <= end)
        {
            ulong digest = Digest();
            for (; checkpoint <= end; checkpoint += StateHashChain.Interval)
            {
                _chain.Checkpoint(checkpoint, digest);
                _context.Output?.OnStateHash(checkpoint, _chain.Value);
            }
        }
        _context.Sequence = end;
    }

    /// <summary>A record of another kind: it takes its sequence and moves time.</summary>
    public void OnOther(RecordKind kind, long receiveNs, in EngineCommand command)
    {
        BeginRecord(receiveNs);
        if (kind == RecordKind.Command)
            Apply(command);
        EndRecord();
    }

    /// <summary>A settings record: its options are in force from here on.</summary>
    public void OnSettings(long receiveNs, EngineSettings settings)
    {
        BeginRecord(receiveNs);
        Adopt(settings);
        EndRecord();
    }

    /// <summary>A request of a script. In a compatible run it takes no sequence: the reference knows only frames.</summary>
    public RejectReason OnRequest(ushort instrument, ref OrderRequest request)
    {
        if (PipelineOf(instrument) is not { } pipeline)
            return RejectReason.NoReferencePrice;
        if (!_context.Options.Compatible)
            BeginRecord(request.RequestNs);
        request.Sequence = _context.Sequence;
        RejectReason reason = pipeline.Request(ref request);
        UpdateDue(pipeline);
        if (!_context.Options.Compatible)
            EndRecord();
        return reason;
    }

    /// <summary>Does up to a slice of background work, the model's first, then that of outputs without a thread of their own; true while more remains.</summary>
    public bool RunBackgroundSlice()
    {
        foreach (MarketPipeline pipeline in _active)
        {
            if (pipeline.RunBackgroundSlice())
                return true;
        }
        return _context.Output is { } output && output.RunSlice();
    }

    /// <summary>The thread that does the models' background part has failed: nothing more is processed.</summary>
    /// <exception cref="Disruptor.RingStoppedException">It has; the inner exception is the cause.</exception>
    public void ThrowIfBackgroundStopped()
    {
        if (_context.Background?.Failure is { } problem)
            throw new Disruptor.RingStoppedException(new Disruptor.RingStop("obs model", _context.Sequence, problem));
    }

    /// <summary>True when frames of a market are processed.</summary>
    public bool IsRunning(ushort instrument) => _pipelines[instrument] is { IsActive: true };

    /// <summary>Reads what the next frame of one market will read (see <see cref="MarketPipeline.Touch"/>).</summary>
    /// <param name="turn">Counts the calls, so that each market has its turn.</param>
    public ulong Touch(int turn)
    {
        if (_active.Count == 0)
            return 0;
        MarketPipeline pipeline = _active[turn % _active.Count];
        // what a frame reads on its way to the market: what all share, its due time, its place among the pipelines
        ulong onTheWay = unchecked(_context.Touch() + (ulong)_dueNs[pipeline.Index]);
        return unchecked(pipeline.Touch() + onTheWay + (_pipelines[pipeline.Index] == pipeline ? 1UL : 0));
    }

    /// <summary>Copies the best levels of a market's side; returns how many.</summary>
    public int CopyBest(int instrument, Side side, Span<BookLevel> levels) => _pipelines[instrument]?.CopyBest(side, levels) ?? 0;

    /// <summary>The recording has ended.</summary>
    public void Finish()
    {
        foreach (MarketPipeline pipeline in _active)
            pipeline.Finish();
    }

    /// <summary>Publishes the state of the first market for people who watch.</summary>
    public void WriteStatus(StatusBoard board)
    {
        if (_active.Count == 0)
        {
            board.Write(new LiveStatus { Instrument = -1, EngineNs = _context.EngineNs, Sequence = _context.Sequence, IsKilled = IsKilled });
            return;
        }
        MarketPipeline market = _active[0];
        long bidPlusAsk = market.LastSyncedBidPlusAsk;
        board.Write(new LiveStatus
        {
            Counters = _context.Counters,
            Ledger = market.Ledger.View,
            Top = market.Top,
            Quality = market.Quality,
            BidPlusAsk = bidPlusAsk,
            Prediction = market.LastPredictedReturn,
            Profit = bidPlusAsk == 0 ? default : market.Ledger.NetProfit(bidPlusAsk),
            EngineNs = _context.EngineNs,
            Sequence = _context.Sequence,
            IsKilled = IsKilled,
            Instrument = market.Index,
        });
    }

    /// <summary>Writes what does not belong to one market.</summary>
    internal void SaveCore(SnapshotWriter writer)
    {
        writer.WriteInt64(_context.Sequence);
        writer.WriteInt64(_context.EngineNs);
        writer.WriteInt64(_context.LastOrderId);
        writer.WriteUInt64(_chain.Value);
        writer.WriteValues(new ReadOnlySpan<EngineCounters>(in _context.Counters));
        writer.WriteValues<long>(_rejectedByReason);
        writer.WriteValues<long>(_context.RejectsByReason);
        _context.Commands.Save(writer);
    }

    /// <summary>Takes what <see cref="SaveCore"/> wrote; the markets are restored before.</summary>
    internal void RestoreCore(SnapshotReader reader)
    {
        _context.Sequence = reader.ReadInt64();
        _context.EngineNs = reader.ReadInt64();
        _context.LastOrderId = reader.ReadInt64();
        _chain.Restore(reader.ReadUInt64());
        _context.Counters = reader.ReadValues<EngineCounters>()[0];
        reader.ReadValues<long>().CopyTo(_rejectedByReason, 0);
        reader.ReadValues<long>().CopyTo(_context.RejectsByReason, 0);
        _context.Commands.Restore(reader);
        foreach (MarketPipeline pipeline in _active)
            UpdateDue(pipeline);
    }

    /// <summary>Opens a market whose state is restored next.</summary>
    internal MarketPipeline ActivateRestored(ushort index) =>
        Activate(index, isNew: false) ?? throw new JournalException(JournalFault.WrongContent, $"The snapshot holds {_registry[index].Symbol}, which --symbol leaves out; replay without a snapshot.");

    /// <summary>Puts settings in force without a record: those a snapshot was taken under.</summary>
    internal void Adopt(EngineSettings settings)
    {
        EngineOptions before = _context.Options;
        _context.Change(settings.Options);
        _settings = settings.Payload;
        for (int index = 0; index < _registry.Count; index++)
        {
            // a market that has not begun has no state to keep
            if (_pipelines[index] is { IsActive: false })
                _pipelines[index] = Create((ushort)index);
            else if (_pipelines[index] is { } pipeline)
                pipeline.Adopt(before);
        }
        foreach (MarketPipeline pipeline in _active)
            UpdateDue(pipeline);
    }

    private void BeginRecord(long receiveNs)
    {
        _context.Sequence++;
        if (receiveNs > _context.EngineNs)
            _context.EngineNs = receiveNs;
        // what fell due before this record happens before it
        if (_nextDueNs <= _context.EngineNs)
            PassDue();
    }

    private void EndRecord()
    {
        if (_context.Sequence % StateHashChain.Interval != 0)
            return;
        _chain.Checkpoint(_context.Sequence, Digest());
        _context.Output?.OnStateHash(_context.Sequence, _chain.Value);
    }

    private void PassDue()
    {
        foreach (MarketPipeline pipeline in _active)
        {
            if (_dueNs[pipeline.Index] > _context.EngineNs)
                continue;
            pipeline.OnTime(_context.EngineNs);
            UpdateDue(pipeline);
        }
    }

    // a frame moves the due time of its own market only, and mostly it does not even do that
    private void UpdateDue(MarketPipeline pipeline)
    {
        ref long dueNs = ref _dueNs[pipeline.Index];
        long beforeNs = dueNs;
        long nowNs = pipeline.NextDueNs;
        if (nowNs == beforeNs)
            return;
        dueNs = nowNs;
        if (nowNs <= _nextDueNs)
            _nextDueNs = nowNs;
        else if (beforeNs == _nextDueNs)
            _nextDueNs = EarliestDueNs();
        Debug.Assert(_nextDueNs == EarliestDueNs(), "the published time is the earliest of all markets");
    }

    private long EarliestDueNs()
    {
        long earliestNs = long.MaxValue;
        foreach (MarketPipeline pipeline in _active)
            earliestNs = Math.Min(earliestNs, _dueNs[pipeline.Index]);
        return earliestNs;
    }

    private ulong Digest()
    {
        unchecked
        {
            ulong digest = (ulong)_context.Counters.Frames + _context.Commands.StateHash;
            foreach (MarketPipeline pipeline in _active)
                digest += BookHash.Mix(pipeline.StateDigest + pipeline.Index);
            return digest;
        }
    }

    private void Apply(in EngineCommand command)
    {
        _context.Commands.Decide(command, _context.Sequence, _context.EngineNs);
        foreach (MarketPipeline? pipeline in _pipelines)
            pipeline?.SetKilled(IsKilled);
        _context.Output?.OnOutcome(LastOutcome);
    }

    private MarketPipeline? PipelineOf(ushort index)
    {
        MarketPipeline? pipeline = _pipelines[index];
        return pipeline is { IsActive: true } ? pipeline : Activate(index, isNew: true);
    }

    private MarketPipeline? Activate(ushort index, bool isNew)
    {
        Instrument instrument = _registry[index];
        if (_context.Options.Symbol is { } only && only != instrument.Symbol)
            return null;
        MarketPipeline pipeline = _pipelines[index] ??= Create(index);
        pipeline.IsActive = true;
        _active.Add(pipeline);
        if (isNew)
            _context.Output?.OnMarket(index, instrument);
        return pipeline;
    }

    private MarketPipeline Create(ushort index)
    {
        Instrument instrument = _registry[index];
        _context.Output?.OnMarketOpened(index, instrument);
        MarketPipeline pipeline = PipelineFactory.Create(index, instrument, _context);
        pipeline.Reserve();
        return pipeline;
    }
}
