using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Obs.Core.Models;

/// <summary>Raises the room's errors outside the methods that check for them.</summary>
internal static class Throw
{
    /// <summary>A model file that cannot be used: <c>file: what is wrong; what to do</c>.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Model(string file, string problem) => throw new ModelException($"{file}: {problem}");

    /// <summary>The same, keeping the failure that caused it.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Model(string file, string problem, Exception inner) => throw new ModelException($"{file}: {problem}", inner);

    /// <summary>Rows handed to a session that do not fit its model.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void RowsDoNotFit(int values, int features, int maxRows) => throw new ArgumentException(
        $"{values} values cannot be rows of {features} features, at most {maxRows} of them; pass what CopyRows gave for the same model.");

    /// <summary>The thread that works ahead for a model threw; the windows it left may be half done.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void BackgroundFailed(string model, long row) => throw new InvalidOperationException(
        $"The background part of model {model} failed before row {row}; the windows it left cannot be used. Start again: the journal is intact.");

    /// <summary>A buffer too short for the rows a session holds.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void BufferTooShort(int values, int needed) => throw new ArgumentException(
        $"The buffer holds {values} values, {needed} are needed; size it HeldRows × features.");
}
