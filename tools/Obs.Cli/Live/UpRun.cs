using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Simulation;

namespace Obs.Cli.Live;

/// <summary>The live run: recover, warm up, then generator → intake → journal → engine until it is stopped.</summary>
internal sealed class UpRun : IDisposable
{
    private const int WarmupFrames = 4_000;

    private readonly UpSettings _settings;
    private readonly EngineOptions _options;
    private readonly string _folder;
    private readonly byte[] _wanted;
    private readonly WallClock _clock = new();
    private readonly JournalWriter _journal;
    private readonly Intake _intake = new();
    private readonly CommandLane _commands = new();
    private readonly StatusBoard _board = new();
    private readonly SnapshotKeeper _snapshots;
    private readonly LiveOutputs _outputs;
    private readonly LiveLoop _loop;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Opens the data folder and recovers.</summary>
    /// <exception cref="JournalException">Another process has the folder, it cannot be written, or acknowledged data is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while recovering.</exception>
    public UpRun(UpSettings settings, CancellationToken cancel)
    {
        _settings = settings;
        _options = EngineOptionsFactory.Create(settings.Run, isEveryFrameTimed: true);
        _folder = Path.Combine(settings.DataFolder, "journal");
        JournalOptions journal = new() { Directory = _folder, Evidence = RunSnapshots.EvidenceOf(_folder) };
        _journal = JournalWriter.Open(journal with { SegmentBytes = settings.SegmentBytes ?? journal.SegmentBytes });
        LiveOutputs? outputs = null;
        try
        {
            _wanted = RecordedSettings.Of(settings.Run, new KeptFiles(_folder)).ToPayload();
            _outputs = outputs = new LiveOutputs(settings.DataFolder, settings.Run, _journal, settings.SegmentBytes);
            Recovered = new UpRecovery(_folder, settings.Run, _options, _journal, outputs, cancel);
            // not before: a folder that could not be recovered keeps the file of the run that made it
            RunFile.Write(settings.DataFolder, settings.Run with { Journal = _folder });
            _snapshots = new SnapshotKeeper(Engine, Recovered.Registry, _journal, new SnapshotKeeperOptions
            {
                Store = RunSnapshots.OwnStore(_folder),
                JournalFolder = _folder,
                EveryRecords = settings.SnapshotEveryRecords,
                EveryNs = settings.SnapshotEveryNs,
                Retention = settings.Retention,
                Outputs = outputs,
            });
            _loop = new LiveLoop(Engine, Recovered.Decoder, _journal, _intake, _board, _clock.NowNs, _commands, _snapshots);
        }
        catch
        {
            outputs?.Dispose();
            _journal.Dispose();
            throw;
        }
    }

    /// <summary>What the start found.</summary>
    public UpRecovery Recovered { get; }

    /// <summary>The engine.</summary>
    public EngineCore Engine => Recovered.Engine;

    /// <summary>Frames the intake had no room for.</summary>
    public long RefusedFrames => _intake.Refused;

    /// <summary>Last sequence of the journal that is on disk.</summary>
    public long DurableSequence => _journal.DurableSequence;

    /// <summary>Last sequence of the journal.</summary>
    public long LastSequence => _journal.PublishedSequence;

    /// <summary>Snapshots of this run.</summary>
    public SnapshotKeeper Snapshots => _snapshots;

    /// <summary>Its loop: how late timers were.</summary>
    public LiveLoop Loop => _loop;

    /// <summary>Runs until cancelled or the duration is over, calling <paramref name="onSecond"/> once a second.</summary>
    /// <param name="onSecond">Shows the state.</param>
    /// <param name="say">Shows the answer to a command, or a trouble that does not end the run; any thread.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="JournalException">The journal could not take a record: nothing acknowledged is lost; free the disk and start again.</exception>
    public void Run(Action<LiveStatus, Instrument?> onSecond, Action<string> say, CancellationToken cancel)
    {
        WarmUp();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (_settings.DurationSeconds > 0)
            stop.CancelAfter(TimeSpan.FromSeconds(_settings.DurationSeconds));
        using CancellationTokenSource engineStop = new();
        Begin(say);
        Thread engineThread = Start("obs engine", () => _loop.Run(engineStop.Token), stop, _settings.Run.Threads.Engine);
        Thread feedThread = Start("obs feed", () => Feed().Run(stop.Token), stop, null);
        new OperatorDesk(_commands, _journal, say).Start(stop.Token);
        while (!stop.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
            Show(onSecond, say);
        feedThread.Join();
        engineStop.Cancel();
        engineThread.Join();
        _commands.Close();
        _failure?.Throw();
        _outputs.Finish();
        Engine.WriteStatus(_board);
        _snapshots.SaveNow();
        Show(onSecond, say);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshots.Dispose();
        _outputs.Dispose();
        _journal.Dispose();
    }

    private void Show(Action<LiveStatus, Instrument?> onSecond, Action<string> say)
    {
        LiveStatus status = _board.Read();
        onSecond(status, status.Instrument < 0 ? null : Recovered.Registry[status.Instrument]);
        if (_snapshots.Problem is { } problem)
            say($"no snapshot could be stored, the run goes on: {problem.Message}");
    }

    // what a journal begins with, and what a restart puts behind the recovered part; then the settings, where they differ from those in force
    private void Begin(Action<string> say)
    {
        RecordingConfiguration configuration = new() { IsRecording = false, Venue = VenueId.Upbit, Symbol = _settings.Market };
        // read before the clock is: a model takes milliseconds to load, and timers begin with the first record
        Recovered.Decoder.ReadSettings(RecordKind.ConfigurationChange, _wanted);
        long nowNs = _clock.NowNs();
        if (Engine.Sequence == 0)
            _loop.Begin(RecordKind.ConfigurationChange, nowNs, configuration.ToPayload());
        else
            _loop.Begin(RecordKind.LiveAgain, nowNs, default);
        RecordedSettings? before = RecordedSettings.TryRead(Engine.SettingsInForce, out RecordedSettings? inForce) ? inForce : null;
        if (!Engine.SettingsInForce.SequenceEqual(_wanted) && RecordedSettings.TryRead(_wanted, out RecordedSettings? wanted))
        {
            _loop.Begin(wanted.KindAfter(before), nowNs, _wanted);
            if (before is not null)
                say($"the settings differ from those in force until now; they apply from sequence {_journal.PublishedSequence} on.");
        }
        _journal.Commit();
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
        SnapshotWriter snapshot = new();
        for (int frame = 0; frame < WarmupFrames && market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes); frame++)
        {
            loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes, Stopwatch.GetTimestamp());
            while (engine.RunBackgroundSlice())
            {
                // nothing waits during warm-up
            }
            if (frame % 100 == 0)
                EngineSnapshot.Save(engine, registry, snapshot);
        }
    }
}
