using System;
using Obs.Core.Journal;

namespace Obs.Core.Engine;

/// <summary>Turns the payload of a settings record (configuration, model or limit change) into options.</summary>
/// <remarks>Called beside the engine, never inside it: it may parse text and load a model. A pure function of the payload and of what the run began with.</remarks>
internal interface ISettingsReader
{
    /// <summary>The settings; null when the record holds none (a recording's own configuration).</summary>
    EngineSettings? Read(RecordKind kind, ReadOnlySpan<byte> payload);
}
