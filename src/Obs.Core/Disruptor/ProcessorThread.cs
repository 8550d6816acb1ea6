using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>A processor and the thread that runs it.</summary>
internal sealed class ProcessorThread
{
    private readonly Thread _thread;
    private bool _isStarted;

    /// <summary>A thread that is not started yet. It does not keep the process alive.</summary>
    public ProcessorThread(IEventProcessor processor, int? pinToCpu)
    {
        Processor = processor;
        _thread = new Thread(() => Run(processor, pinToCpu)) { IsBackground = true, Name = processor.Name };
    }

    /// <summary>The processor.</summary>
    public IEventProcessor Processor { get; }

    /// <summary>Starts it.</summary>
    public void Start()
    {
        _thread.Start();
        _isStarted = true;
    }

    /// <summary>Waits until it returned; at once when it was never started.</summary>
    public void Join()
    {
        if (_isStarted)
            _thread.Join();
    }

    private static void Run(IEventProcessor processor, int? pinToCpu)
    {
        if (pinToCpu is int cpu)
            _ = ThreadAffinity.TryPin(cpu);
        processor.Run();
    }
}
