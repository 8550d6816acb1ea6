using System;

namespace Obs.Cli.Runs;

/// <summary>The small model that comes with obs: trained on the generated market, for <c>obs up</c> and for trying things out.</summary>
internal static class DemoModel
{
    /// <summary>Threshold of the demonstration: the model's predictions are a few basis points, and the fee comes on top.</summary>
    public const double Threshold = 0.0001;

    /// <summary>Its file, beside the program.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "models", "demo.safetensors");
}
