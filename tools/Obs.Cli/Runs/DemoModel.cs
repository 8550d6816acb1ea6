using System;

namespace Obs.Cli.Runs;

/// <summary>The small model that comes with obs: trained on the generated market, for <c>obs up</c> and for trying things out.</summary>
internal static class DemoModel
{
    /// <summary>Its file, beside the program.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "models", "demo.safetensors");
}
