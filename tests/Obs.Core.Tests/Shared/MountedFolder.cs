using System;
using System.Diagnostics;
using System.IO;
using NUnit.Framework;

namespace Obs.Core.Tests.Shared;

/// <summary>A small file system of its own in memory; only where this user may mount one.</summary>
internal sealed class MountedFolder : IDisposable
{
    private MountedFolder(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one; the running test is skipped, with the reason, where this user may not.</summary>
    public static MountedFolder OrIgnore(string options)
    {
        string path = Directory.CreateTempSubdirectory("obs-mount").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            Assert.Ignore("needs the right to mount a tmpfs (root on Linux)");
        }
        return new MountedFolder(path);
    }

    /// <summary>Nothing can be written any more.</summary>
    public void MakeReadOnly() => Assert.That(Run("mount", "-o", "remount,ro", Path), Is.Zero);

    /// <inheritdoc/>
    public void Dispose()
    {
        Assert.That(Run("umount", Path), Is.Zero);
        Directory.Delete(Path);
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
