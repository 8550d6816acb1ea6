using System;
using Obs.Core.Engine;
using Obs.Core.Journal;

namespace Obs.Cli.Runs;

/// <summary>Reads the settings records of a live journal into engine options, with the options of this run on top.</summary>
/// <remarks>One thread: the one that reads the journal. What a record does not hold (markets, symbol, outputs) stays as this run has it.</remarks>
internal sealed class JournalSettings : ISettingsReader
{
    private readonly RunSettings _run;
    private readonly KeptFiles _files;
    private readonly bool _isEveryFrameTimed;
    private EngineSettings? _last;

    /// <summary>A reader for one journal and one run.</summary>
    public JournalSettings(RunSettings run, string journalFolder, bool isEveryFrameTimed)
    {
        (_run, _isEveryFrameTimed) = (run, isEveryFrameTimed);
        _files = new KeptFiles(journalFolder);
        InForce = run;
    }

    /// <summary>The run's settings as they are after the last record read.</summary>
    public RunSettings InForce { get; private set; }

    /// <summary>Settings records read.</summary>
    public int Records { get; private set; }

    /// <inheritdoc/>
    public EngineSettings? Read(RecordKind kind, ReadOnlySpan<byte> payload)
    {
        if (!RecordedSettings.TryRead(payload, out RecordedSettings? recorded))
            return null;
        Records++;
        if (_last is not null && payload.SequenceEqual(_last.Payload))
            return _last;
        InForce = RunOverrides.Apply(recorded.Onto(_run, _files), _run);
        InForce.Check();
        _last = new EngineSettings(payload.ToArray(), EngineOptionsFactory.Create(InForce, _isEveryFrameTimed));
        return _last;
    }
}
