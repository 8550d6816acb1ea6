using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;
using Obs.Core.Recordings;
using Obs.Core.Simulation;

namespace Obs.Cli.Live;

/// <summary>The live run: recover, warm up, then generator → intake → journal → engine until it is stopped.</summary>
internal sealed class UpRun : IDisposable
{
    private const int WarmupFrames = 4_000;

    private readonly UpSettings _settings;
    private readonly EngineOptions _options;
    private readonly WallClock _clock = new();
    private readonly InstrumentRegistry _registry;
    private readonly RecordDecoder _decoder;
    private readonly JournalWriter _journal;
    private readonly Intake _intake = new();
    private readonly StatusBoard _board = new();
    private readonly RunSnapshots _snapshots;
    private readonly OutputLogs _outputLog;
    private readonly OutputLine _outputs;
    private readonly BackgroundThread? _background;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Opens the data folder and recovers.</summary>
    public UpRun(UpSettings settings)
    {
        _settings = settings;
        _options = EngineOptionsFactory.Create(settings.Run, isEveryFrameTimed: true);
        string folder = Path.Combine(settings.DataFolder, "journal");
        Directory.CreateDirectory(folder);
        RunFile.Write(settings.DataFolder, settings.Run with { Journal = folder });
        _journal = JournalWriter.Open(new JournalOptions { Directory = folder });
        _registry = new InstrumentRegistry(_options.Catalog);
        _decoder = new RecordDecoder(_registry);
        _outputLog = OutputLogs.OpenLive(settings.DataFolder, _options, _journal.PublishedSequence);
        _outputs = new OutputLine([_outputLog.Sink], settings.Run.IsSplit, settings.Run.Threads.Outputs);
        if (settings.Run.IsSplit && _options.Model is not null)
            _background = new BackgroundThread(settings.Run.Threads.Background);
        Engine = new EngineCore(_options, _registry, _outputs, _background);
        _snapshots = new RunSnapshots(folder, settings.Run);
        RestoredSequence = Restore();
        RecoveredRecords = Recovery.Run(folder, Engine, _decoder, RestoredSequence);
        _outputs.Drain();
        _outputLog.Sink.ExpectAllCompared();
    }

    /// <summary>The engine.</summary>
    public EngineCore Engine { get; }

    /// <summary>Journal sequence of the snapshot used at the start; 0 without one.</summary>
    public long RestoredSequence { get; }

    /// <summary>Records replayed at the start.</summary>
    public long RecoveredRecords { get; }

    /// <summary>Frames the intake had no room for.</summary>
    public long RefusedFrames => _intake.Refused;

    /// <summary>Last sequence of the journal.</summary>
    public long LastSequence => _journal.PublishedSequence;

    /// <summary>Runs until cancelled or the duration is over, calling <paramref name="onSecond"/> once a second.</summary>
    /// <exception cref="JournalException">The journal could not take a record: nothing acknowledged is lost; free the disk and start again.</exception>
    public void Run(Action<LiveStatus, Instrument?> onSecond, CancellationToken cancel)
    {
        WarmUp();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (_settings.DurationSeconds > 0)
            stop.CancelAfter(TimeSpan.FromSeconds(_settings.DurationSeconds));
        using CancellationTokenSource engineStop = new();
        LiveLoop loop = new(Engine, _decoder, _journal, _intake, _board, _clock.NowNs);
        Begin(loop);
        Thread engineThread = Start("obs engine", () => loop.Run(engineStop.Token), stop, _settings.Run.Threads.Engine);
        Thread feedThread = Start("obs feed", () => Feed().Run(stop.Token), stop, null);
        while (!stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
            Show(onSecond);
        feedThread.Join();
        engineStop.Cancel();
        engineThread.Join();
        _failure?.Throw();
        _outputs.Finish();
        _outputLog.Commit();
        _snapshots.Save(Engine, _registry, _journal.PublishedSequence, prune: true, _outputLog.Sink.Position);
        Show(onSecond);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _background?.Dispose();
        _outputs.Dispose();
        _outputLog.Dispose();
        _journal.Dispose();
    }

    // a snapshot serves only where the output log holds everything up to it; else an older one, or the whole journal
    private long Restore()
    {
        long first = _journal.Recovery.FirstSequence;
        Snapshot? snapshot = _snapshots.RestoreNewest(Engine, _registry, _journal.PublishedSequence, isReported: true, found => _outputLog.Covers(found, first));
        if (snapshot is null && first > 1)
            throw new JournalException(JournalFault.SequenceMissing, $"The journal begins with record {first} and no snapshot before the end of the output log is left; move {OutputLogs.FolderOf(_settings.DataFolder)} away to go on with a new output log.");
        _outputLog.StartAt(snapshot);
        return snapshot?.Sequence ?? 0;
    }

    private void Show(Action<LiveStatus, Instrument?> onSecond)
    {
        LiveStatus status = _board.Read();
        onSecond(status, status.Instrument < 0 ? null : _registry[status.Instrument]);
    }

    // what a journal begins with, and what a restart puts behind the recovered part
    private void Begin(LiveLoop loop)
    {
        RecordingConfiguration configuration = new() { IsRecording = false, Venue = VenueId.Upbit, Symbol = _settings.Market };
        if (Engine.Sequence == 0)
            loop.Begin(RecordKind.ConfigurationChange, _clock.NowNs(), configuration.ToPayload());
        else
            loop.Begin(RecordKind.LiveAgain, _clock.NowNs(), default);
    }

    private Thread Start(string name, Action body, CancellationTokenSource stop, int? cpu)
    {
        Thread thread = new(() =>
        {
            try
            {
                if (cpu is { } core)
                    Obs.Core.Disruptor.ThreadAffinity.TryPin(core);
                body();
            }
            catch (Exception problem) when (problem is JournalException or IOException or InvalidOperationException)
            {
                _failure ??= ExceptionDispatchInfo.Capture(problem);
                stop.Cancel();
            }
        })
        { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private GeneratedFeed Feed() => new(Generator(_clock.NowNs()), _intake, _clock);

    private MarketGenerator Generator(long startNs) => new(new MarketGeneratorOptions
    {
        Seed = _settings.Seed,
        Market = _settings.Market,
        FramesPerSecond = _settings.FramesPerSecond,
        MovesPerSecond = _settings.MovesPerSecond,
        StartNs = startNs,
    });

    // compiles every stage before the first live frame, on an engine that is thrown away
    private void WarmUp()
    {
        InstrumentRegistry registry = new(_options.Catalog);
        EngineCore engine = new(_options, registry, output: null);
        RecordLoop loop = new(engine, new RecordDecoder(registry), insertTimers: true);
        MarketGenerator market = Generator(1_700_000_000_000_000_000);
        for (int frame = 0; frame < WarmupFrames && market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes); frame++)
        {
            loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes, Stopwatch.GetTimestamp());
            while (engine.RunBackgroundSlice())
            {
                // nothing waits during warm-up
            }
        }
    }
}
