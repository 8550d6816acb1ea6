using System;
using System.IO;

namespace Obs.Cli.Tests;

/// <summary>A folder of one test, removed with it.</summary>
internal sealed class Scratch : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public Scratch() => Directory.CreateDirectory(Folder);

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"obs-cli-tests-{Guid.NewGuid():N}");

    /// <summary>A path inside.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a file inside and names it.</summary>
    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
