using System;
using System.Diagnostics;
using System.IO;
using NUnit.Framework;

namespace Obs.Core.Tests.Shared;

/// <summary>A small file system of its own in memory.</summary>
internal sealed class MountedFolder : IDisposable
{
    /// <summary>Mounts one. The test carries <see cref="NeedsMountAttribute"/>.</summary>
    /// <param name="options">Of the mount, e.g. <c>size=256k</c>.</param>
    public MountedFolder(string options)
    {
        Path = Directory.CreateTempSubdirectory("obs-mount").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path) == 0)
            return;
        Directory.Delete(Path);
        throw new InvalidOperationException($"no tmpfs could be mounted with {options}");
    }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>True where this user may mount one.</summary>
    public static bool IsAllowed()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            using MountedFolder tried = new("size=4k");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
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
