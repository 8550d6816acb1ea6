using System;

namespace Obs.Cli;

/// <summary>A command cannot do its job, for a reason the user can act on.</summary>
/// <remarks>The message names file, line or option, the value, and what to do.</remarks>
internal sealed class CliException : Exception
{
    /// <summary>Creates the error with its exit code.</summary>
    public CliException(int exitCode, string message)
        : base(message) => Code = exitCode;

    /// <summary>Creates the error with its exit code and cause.</summary>
    public CliException(int exitCode, string message, Exception cause)
        : base(message, cause) => Code = exitCode;

    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code { get; }
}
