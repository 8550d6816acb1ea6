using System;
using System.Diagnostics;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Bench.Suites.Journal;
using Obs.Core.Diagnostics;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;

namespace Obs.Bench.Suites.Outputs;

/// <summary>A tape of frames through an engine that writes its output log, or none.</summary>
internal sealed class OutputRun : IDisposable
{
    private const int FramesBeforeCounting = 1_000;

    private readonly FrameTape _tape;
    private readonly OutputMode _mode;
    private readonly JournalBenchFolder _folder;
    private readonly int _uncounted;
    private OutputLogWriter? _log;
    private OutputLogSink? _sink;
    private OutputLine? _line;
    private EngineRun _run = null!;

    /// <summary>Nothing is opened yet; <see cref="Prepare"/> comes before each pass.</summary>
    public OutputRun(FrameTape tape, OutputMode mode)
    {
        (_tape, _mode) = (tape, mode);
        // a smoke run has fewer frames than that
        _uncounted = Math.Min(FramesBeforeCounting, tape.Count / 2);
        _folder = new JournalBenchFolder($"outputs-{mode}");
    }

    /// <summary>Bytes the engine's thread allocated in the last pass, the first thousand frames, or the first half of a shorter tape, left out.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>A fresh engine and, where there is one, a fresh log.</summary>
    public void Prepare()
    {
        Dispose();
        if (_mode != OutputMode.None)
        {
            _folder.Reset();
            _log = OutputLogWriter.Open(OutputLogWriter.OptionsFor(_folder.Path) with { SparesAhead = 1 });
            _sink = new OutputLogSink(_log, _folder.Path);
            _line = new OutputLine([_sink], hasThread: _mode == OutputMode.OwnThread);
        }
        _run = new EngineRun(EngineRun.Options(int.MaxValue), output: _line);
    }

    /// <summary>All frames back to back, until the last output is in the log.</summary>
    public void Pass()
    {
        long before = 0;
        for (int frame = 0; frame < _tape.Count; frame++)
        {
            if (frame == _uncounted)
                before = GC.GetAllocatedBytesForCurrentThread();
            Feed(frame);
        }
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        _line?.Finish();
    }

    /// <summary>All frames, each timed on the engine's thread; what can wait is done between them.</summary>
    public void Time(LatencySample sample)
    {
        Prepare();
        for (int frame = 0; frame < _tape.Count; frame++)
        {
            long start = Stopwatch.GetTimestamp();
            Feed(frame);
            long ns = StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start);
            if (frame >= _uncounted)
                sample.Raw.Record(ns);
            while (_run.Engine.RunBackgroundSlice())
            {
                // outputs without a thread of their own are written here
            }
        }
        _line?.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _line?.Dispose();
        _sink?.Dispose();
        _log?.Dispose();
        (_line, _sink, _log) = (null, null, null);
    }

    private void Feed(int frame) => _run.Loop.OnRecord(RecordKind.VenueFrame, _tape.Venue, _tape.ReceiveNs(frame), _tape.Bytes(frame));
}
