using System;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Disruptor;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;
using Obs.Core.Trading;

namespace Obs.Cli.Runs;

/// <summary>One way through a journal with a fresh engine.</summary>
internal sealed class EnginePass : IDisposable
{
    private const long NothingInSpan = -1;

    private readonly RunSource _source;
    private readonly RunSettings _settings;
    private readonly InstrumentRegistry _registry;
    private readonly RecordDecoder _decoder;
    private readonly RecordLoop _loop;
    private readonly JournalSettings? _recorded;
    private readonly RunSnapshots _snapshots;
    private readonly long _restoredSequence;
    private readonly OutputLine? _outputs;
    private readonly BackgroundThread? _background;
    private ushort? _scriptMarket;
    private long _configurationBytes;
    private bool _hasReadAll;

    /// <summary>Prepares a pass.</summary>
    /// <param name="source">The journal.</param>
    /// <param name="settings">What the user asked for.</param>
    /// <param name="options">Options of the engine.</param>
    /// <param name="output">Receiver of what is derived, or null.</param>
    /// <param name="log">Writes the output log, or null.</param>
    public EnginePass(RunSource source, RunSettings settings, EngineOptions options, EngineOutput? output, OutputLogSink? log = null)
    {
        _source = source;
        _settings = settings;
        _registry = new InstrumentRegistry(options.Catalog);
        source.Cache?.Configuration.Register(_registry);
        _recorded = settings.Journal is null ? null : new JournalSettings(settings, source.Folder, options.TimingInterval == 1);
        _decoder = new RecordDecoder(_registry) { Settings = _recorded };
        OutputSink[] sinks = [.. output is null ? Array.Empty<OutputSink>() : [new CallbackSink(output)], .. log is null ? Array.Empty<OutputSink>() : [log]];
        if (sinks.Length > 0)
            _outputs = new OutputLine(sinks, settings.IsSplit, settings.Threads.Outputs);
        if (settings.IsSplit)
            _background = new BackgroundThread(settings.Threads.Background);
        Engine = new EngineCore(options, _registry, _outputs, _background);
        _snapshots = new RunSnapshots(source.Folder, settings, source.HasSettings);
        _restoredSequence = Restore();
        _loop = new RecordLoop(Engine, _decoder, source.IsRecording && !options.Compatible);
    }

    /// <summary>The engine.</summary>
    public EngineCore Engine { get; }

    /// <summary>The run's instruments.</summary>
    public InstrumentRegistry Registry => _registry;

    /// <summary>The settings at the end: the run's own, or the journal's with this run's options on top.</summary>
    public RunSettings SettingsInForce => _recorded?.InForce ?? _settings;

    /// <summary>Settings records of the journal that were read.</summary>
    public int SettingsRecords => _recorded?.Records ?? 0;

    /// <summary>Journal sequence of the snapshot the pass began with; 0 without one.</summary>
    public long RestoredSequence => _restoredSequence;

    /// <summary>Wall time from the first record read to the last processed, s.</summary>
    public double Seconds { get; private set; }

    /// <summary>Bytes allocated by the engine's threads from the first to the last frame; reading the run's configuration records is not part of it.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Opens the markets of an earlier pass beforehand, so that nothing but frames is timed and counted.</summary>
    public void Prepare(InstrumentRegistry earlier)
    {
        for (int index = _registry.Count; index < earlier.Count; index++)
            _registry.Add(earlier[index]);
        Engine.OpenMarkets();
    }

    /// <summary>Runs to the end of the journal, or of the span asked for.</summary>
    /// <param name="pace">Waits until a record is due, or null for as fast as possible.</param>
    /// <param name="script">Requests to submit at their times, or empty.</param>
    /// <param name="isVerified">True when an earlier pass checked the checksums.</param>
    public void Run(Pacer? pace, ReadOnlySpan<OrderRequest> script, bool isVerified)
    {
        BeginMarket();
        long fromSequence = _source.Cache is null ? PrimeBooks(isVerified) : 0;
        bool isSpanEmpty = fromSequence == NothingInSpan;
        using JournalReader? reader = _source.Cache is null && !isSpanEmpty ? new(_source.Folder, new JournalReaderOptions { VerifyChecksums = !isVerified, FromSequence = fromSequence }) : null;
        using StealReader steal = new();
        // what is decoded already needs no thread that decodes
        bool isSplit = reader is not null && _settings.IsSplit;
        // stored in the first, verifying pass only, and never while another thread runs the engine
        RunSnapshots? snapshots = _settings.SnapshotEvery > 0 && !isVerified && !isSplit ? _snapshots : null;
        using SplitLine? split = isSplit ? new SplitLine(Engine, _loop, _decoder, LineOptions(pace is not null)).Start() : null;
        if (split is null)
            Engine.Stalls.ReadRunDelayFrom(steal);
        if (split is null && pace is not null)
            _loop.Rehearse();
        if ((split is null ? _settings.Threads.Engine : _settings.Threads.Intake) is { } cpu)
            ThreadAffinity.TryPin(cpu);
        // a background collection counts the unused rest of the thread's allocation buffer as allocated: without a buffer there is no rest
        GC.Collect();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        int next = isSpanEmpty ? 0 : reader is null ? PassDecoded(_source.Cache!, pace, script) : PassJournal(reader, split, snapshots, pace, script);
        while (next < script.Length)
            Submit(split, script[next++]);
        split?.Finish();
        if (script.Length > 0)
            Engine.Finish();
        _outputs?.Finish();
        _background?.Dispose();
        Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore - _configurationBytes + (split?.AllocatedBytes ?? 0) + (_background?.AllocatedBytes ?? 0);
        // looks through the folder: not the engine's time, nor its bytes
        if (_hasReadAll)
            reader!.ExpectNoGap();
    }

    // at recorded pace both threads wait most of the time: where there are cores for it they spin and rehearse
    private SplitLineOptions LineOptions(bool isPaced) => new()
    {
        UntilSequence = _settings.UntilSequence,
        PinToCpu = _settings.Threads.Engine,
        IsPaced = isPaced,
        Wait = isPaced ? LoopWaits.Live(isSplit: true, Environment.ProcessorCount) : LoopWait.SpinThenYield,
        RehearseEveryNs = isPaced ? SplitLineOptions.RehearsalFor(Environment.ProcessorCount) : 0,
    };

    // what lies before --from builds the books, so that a span need not begin with a snapshot; gives the journal sequence the span begins with
    private long PrimeBooks(bool isVerified)
    {
        long fromSequence = _restoredSequence == 0 ? 0 : _restoredSequence + 1;
        if (_settings.FromNs == long.MinValue)
            return fromSequence;
        using JournalReader reader = new(_source.Folder, new JournalReaderOptions { VerifyChecksums = !isVerified, FromSequence = fromSequence });
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            if (header.Kind == RecordKind.ConfigurationChange)
                Configure(payload);
            else if (header.ReceiveNs >= _settings.FromNs)
                return header.Sequence;
            _loop.Prime(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
        }
        return NothingInSpan;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _outputs?.Dispose();
        _background?.Dispose();
    }

    private int PassJournal(JournalReader reader, SplitLine? split, RunSnapshots? snapshots, Pacer? pace, ReadOnlySpan<OrderRequest> script)
    {
        int next = 0;
        bool isMore = true;
        // the engine's own count may only be read here where this thread runs it
        while ((split is not null || Engine.Sequence < _settings.UntilSequence) && (isMore = reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload)))
        {
            if (header.Kind == RecordKind.ConfigurationChange)
                Configure(payload);
            if (header.ReceiveNs > _settings.ToNs)
                break;
            while (next < script.Length && script[next].RequestNs <= header.ReceiveNs)
                Submit(split, script[next++]);
            long dueTicks = pace is null ? 0 : pace.WaitFor(header.ReceiveNs, payload, split is null ? _loop : null, split);
            if (pace is { IsStopped: true })
                break;
            if (split is null)
                Process(header, payload, dueTicks);
            else
                split.Offer(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload, dueTicks, header.Sequence);
            if (snapshots is not null && header.Sequence % _settings.SnapshotEvery == 0)
                snapshots.Save(Engine, _registry, header.Sequence);
        }
        _hasReadAll = !isMore;
        return next;
    }

    // settings read from the journal build markets anew: that is the run's configuration, no frame's doing
    private void Process(in RecordHeader header, ReadOnlySpan<byte> payload, long dueTicks)
    {
        bool isSettings = header.Kind is RecordKind.ConfigurationChange or RecordKind.ModelChange or RecordKind.LimitChange;
        long allocatedBefore = isSettings ? GC.GetAllocatedBytesForCurrentThread() : 0;
        _loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload, dueTicks);
        if (isSettings)
            _configurationBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
    }

    // where old segments were deleted, the oldest snapshot is the beginning
    private long Restore()
    {
        long? asked = _settings.SnapshotSequence ?? (_source.FirstSequence > 1 ? _snapshots.OldestOwnSequence : null);
        long restored = asked is { } sequence ? _snapshots.Restore(Engine, _registry, sequence, _recorded) : 0;
        return _source.FirstSequence <= 1 || restored + 1 >= _source.FirstSequence
            ? restored
            : throw new CliException(ExitCode.BadInput,
                $"{_source.Folder} begins with sequence {_source.FirstSequence} (older segments were deleted) and holds no snapshot of these settings {(_settings.SnapshotSequence is { } wanted ? $"at or before {wanted} " : "")}to begin with; leave out the options that change them, or use an earlier copy.");
    }

    private int PassDecoded(DecodedCacheReader cache, Pacer? pace, ReadOnlySpan<OrderRequest> script)
    {
        int next = 0;
        DecodedCursor cursor = cache.Start();
        bool isInSpan = _settings.FromNs == long.MinValue; // the whole journal, its first record included: it has a sequence too
        while (Engine.Sequence < _settings.UntilSequence && cursor.MoveNext())
        {
            long receiveNs = cursor.Event.ReceiveNs;
            if (cursor.Event.Sequence <= _restoredSequence)
                continue; // its effect is in the snapshot
            isInSpan |= receiveNs >= _settings.FromNs && cursor.Kind != RecordKind.ConfigurationChange;
            if (!isInSpan)
            {
                _loop.PrimeDecoded(cursor);
                continue;
            }
            if (receiveNs > _settings.ToNs)
                break;
            while (next < script.Length && script[next].RequestNs <= receiveNs)
                Submit(null, script[next++]);
            long dueTicks = pace is null ? 0 : pace.WaitFor(receiveNs, cursor.Payload, _loop, null);
            if (pace is { IsStopped: true })
                break;
            _loop.OnDecoded(cursor, dueTicks);
        }
        return next;
    }

    private void Submit(SplitLine? split, OrderRequest request)
    {
        // not before it is needed: markets are numbered in the order they show themselves, in every form of a journal
        ushort market = _scriptMarket ??= ScriptMarket();
        if (split is null)
            _loop.OnRequest(market, ref request);
        else
            split.Offer(request, market);
    }

    // a script is for the one market the settings name; its index depends on what else is in the stream
    private ushort ScriptMarket() =>
        _settings.Venue is { } venue && _settings.Symbol is { } symbol && _registry.TryFind(Venues.Parse(venue), System.Text.Encoding.UTF8.GetBytes(symbol), out ushort index)
            ? index
            : throw new CliException(ExitCode.Usage, "--orders needs the market its prices are for: give --venue and --symbol.");

    private void BeginMarket()
    {
        _source.FindDefaultSymbol(Engine.Options.Catalog);
        if (_source.Configuration is { } configuration)
            SetDefaultMarket(configuration.Venue, _settings.Symbol ?? _source.DefaultSymbol);
    }

    private void Configure(ReadOnlySpan<byte> payload)
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        if (RecordingConfiguration.TryRead(payload, out RecordingConfiguration? configuration, out _))
            configuration.Register(_registry);
        _configurationBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
    }

    private void SetDefaultMarket(VenueId venue, string? symbol)
    {
        // only Binance sends frames that name no market; naming one here would number it before its turn
        if (venue is VenueId.BinanceSpot or VenueId.BinanceUsdm && symbol is not null && _registry.TryFind(venue, System.Text.Encoding.UTF8.GetBytes(symbol), out ushort index))
            _decoder.SetDefaultMarket(venue, index);
    }
}
