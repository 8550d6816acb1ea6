namespace Obs.Cli.Output;

/// <summary>Whether a run submits a fixed list of orders, and under whose rules.</summary>
internal enum ScriptKind
{
    /// <summary>No script: a strategy decides, or nobody.</summary>
    None,

    /// <summary>A script under the product's own rules.</summary>
    Product,

    /// <summary>A script under the library's rules (--compatible).</summary>
    Compatible,
}
