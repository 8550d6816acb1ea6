using System.Collections.Generic;

namespace Obs.Core.Models;

/// <summary>What a model file says about itself (models/README.md): the <c>obs.*</c> keys, checked.</summary>
internal sealed record ModelMetadata
{
    /// <summary>Network family.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Feature names in the order of the network's inputs.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>T: rows of one window.</summary>
    public required int Window { get; init; }

    /// <summary>How far ahead of the window's last row the target lies, in milliseconds.</summary>
    public required long HorizonMs { get; init; }

    /// <summary>Meaning and scale of the output.</summary>
    public required ModelTarget Target { get; init; }

    /// <summary>Scaling of the inputs.</summary>
    public required RobustScaler Scaler { get; init; }

    /// <summary>What the model was trained on, free text; empty when not said.</summary>
    public string TrainingSpan { get; init; } = "";

    /// <summary>How good it was on data it had not seen, free text; empty when not said.</summary>
    public string Skill { get; init; } = "";

    /// <summary>Seed of the training run, free text; empty when not said.</summary>
    public string Seed { get; init; } = "";

    /// <summary>Identity of the model, 64 hex digits; equals <c>obs.hash</c> where the file has one.</summary>
    public required string Hash { get; init; }
}
