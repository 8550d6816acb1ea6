namespace Obs.Core.Models;

/// <summary>Network families this build runs; the names in files are lower case.</summary>
internal enum ModelKind
{
    /// <summary><c>lstm</c>: gates i, f, g, o as PyTorch orders them.</summary>
    Lstm = 0,

    /// <summary><c>gru</c>: gates r, z, n; the reset gate acts after the recurrent product, as in PyTorch.</summary>
    Gru = 1,
}
