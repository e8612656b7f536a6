"""PyTorch's side of bench/compare: asked by lines on standard input, answers by lines on standard output.

  version                  -> torch 2.6.0, how it computes; or found 1.9.0, needs 1.10 or newer
  open ID KIND COUNT       followed by COUNT tensors -> ok and what the first repetition gives, to be checked
  run ID REPETITIONS       -> ok and the seconds of all of them
  close ID                 -> ok
  peak                     -> ok and the most bytes of memory this process ever had

A tensor is a line with its name and extents, and then its floats, little-endian. The models have the equations,
sizes, losses and start of those in girsanov.bench.model and girsanov.models.sdematching; weights come as [in, out].
"""

import math
import os
import re
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

# The first version that has torch.frombuffer.
OLDEST = 1, 10

LEARNING_RATE = 1e-3
STD = 0.01


def linear(tensors, name):
    weight = tensors[name + ".weight"]
    layer = nn.Linear(weight.shape[0], weight.shape[1])
    with torch.no_grad():
        layer.weight.copy_(weight.t())
        layer.bias.copy_(tensors[name + ".bias"])
    return layer


def mlp(tensors, name, activation):
    parts = []
    while f"{name}{len(parts) // 2}.weight" in tensors:
        parts += [linear(tensors, f"{name}{len(parts) // 2}"), activation()]
    return nn.Sequential(*parts[:-1])


def gru(tensors, name):
    inputs, gates = tensors[name + "weight_ih"].shape
    layer = nn.GRU(inputs, gates // 3)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(tensors[name + "weight_ih"].t())
        layer.weight_hh_l0.copy_(tensors[name + "weight_hh"].t())
        layer.bias_ih_l0.copy_(tensors[name + "bias_ih"])
        layer.bias_hh_l0.copy_(tensors[name + "bias_hh"])
    return layer


def scalar_networks(tensors, name):
    """One network 1 -> hidden -> 1 with softplus and sigmoid for each coordinate."""
    networks = nn.ModuleList()
    count, hidden = tensors[name + "weight_in"].shape
    for k in range(count):
        network = nn.Sequential(nn.Linear(1, hidden), nn.Softplus(), nn.Linear(hidden, 1), nn.Sigmoid())
        with torch.no_grad():
            network[0].weight.copy_(tensors[name + "weight_in"][k].unsqueeze(1))
            network[0].bias.copy_(tensors[name + "bias_in"][k])
            network[2].weight.copy_(tensors[name + "weight_out"][k].unsqueeze(0))
            network[2].bias.copy_(tensors[name + "bias_out"][k : k + 1])
        networks.append(network)
    return networks


def apply_each(networks, x):
    parts = torch.split(x, 1, dim=-1)
    return torch.cat([network(part) for network, part in zip(networks, parts)], dim=-1)


class Mapping:
    """y = f(x) into memory that is there already."""

    FUNCTIONS = {
        "exp": torch.exp,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "elu": torch._C._nn.elu,
        "softplus": torch._C._nn.softplus,
    }

    def __init__(self, kind, tensors):
        self.function = self.FUNCTIONS[kind]
        self.x = tensors["x"]
        self.y = torch.empty_like(self.x)

    def first(self):
        self.step()
        return self.y[:: max(1, self.y.numel() // 1024)].tolist()

    def step(self):
        self.function(self.x, out=self.y)


class Normals:
    """New standard normals into memory that is there already."""

    def __init__(self, tensors):
        self.x = torch.empty_like(tensors["x"])

    def first(self):
        self.step()
        x = self.x.double()
        return [float(x.mean()), float((x * x).mean())]

    def step(self):
        self.x.normal_()


class Training(nn.Module):
    """A model with its loss; adam is None where only loss and gradient are compared."""

    adam = True

    def begin(self):
        self.optimizer = torch.optim.Adam(self.parameters(), lr=LEARNING_RATE) if self.adam else None

    def first(self):
        loss = self.loss(self.given)
        loss.backward()
        squares = sum(float((p.grad.double() ** 2).sum()) for p in self.parameters())
        self.zero_grad(set_to_none=True)
        return [float(loss), math.sqrt(squares)]

    def noise(self):
        """What a step draws anew."""
        return self.given

    def step(self):
        self.zero_grad(set_to_none=True)
        self.loss(self.noise()).backward()
        if self.optimizer is not None:
            self.optimizer.step()


class MlpRegression(Training):
    def __init__(self, tensors):
        super().__init__()
        self.network = mlp(tensors, "layers.", nn.ELU)
        self.given = tensors["x"], tensors["y"]

    def loss(self, given):
        x, y = given
        return 0.5 * ((self.network(x) - y) ** 2).sum() / x.shape[0]


class GruEncoder(Training):
    adam = False

    def __init__(self, tensors):
        super().__init__()
        self.gru = gru(tensors, "")
        self.given = tensors["values"]

    def loss(self, values):
        outputs, _ = self.gru(values)
        return 0.5 * (outputs**2).sum() / values.shape[1]


class GruOde(Training):
    STEPS = 40
    DT = 0.05

    def __init__(self, tensors):
        super().__init__()
        units = tensors["candidate"].shape[0]
        self.gates = nn.Linear(units, 2 * units, bias=False)
        self.candidate = nn.Linear(units, units, bias=False)
        with torch.no_grad():
            self.gates.weight.copy_(tensors["gates"].t())
            self.candidate.weight.copy_(tensors["candidate"].t())
        self.given = tensors["start"], tensors["target"]

    def loss(self, given):
        h, target = given
        for _ in range(self.STEPS):
            r, z = torch.sigmoid(self.gates(h)).chunk(2, dim=-1)
            u = torch.tanh(self.candidate(r * h))
            h = h + self.DT * (1 - z) * (u - h)
        return 0.5 * ((h - target) ** 2).sum() / h.shape[0]


class SdeMatching(Training):
    """The model of the official notebook, its posterior's time derivative by the double-backward trick."""

    def __init__(self, tensors):
        super().__init__()
        self.mean = nn.Parameter(tensors["prior.mean"].clone())
        self.log_std = nn.Parameter(tensors["prior.log_std"].clone())
        self.drift = mlp(tensors, "prior.drift.layers.", nn.Softplus)
        self.diffusion = scalar_networks(tensors, "prior.diffusion.")
        self.gru = gru(tensors, "posterior.encoder.gru.")
        self.head = mlp(tensors, "posterior.head.layers.", nn.SiLU)
        self.decoder = linear(tensors, "decoder.mean.layers.0")
        self.values = tensors["values"]
        self.length, self.batch, _ = self.values.shape
        self.positions = torch.linspace(0, 1, self.length)
        self.given = (
            tensors["time"],
            tensors["noise"].squeeze(1),
            tensors["observation_time"],
            tensors["observation"].squeeze(1),
            tensors["observation_noise"].squeeze(1),
        )

    def noise(self):
        index = torch.randint(self.length, (self.batch,))
        return (
            torch.rand(self.batch, 1),
            torch.randn(self.batch, 4),
            self.positions[index].unsqueeze(1),
            self.values[index, torch.arange(self.batch)],
            torch.randn(self.batch, 4),
        )

    def posterior(self, outputs, summary, t):
        weights = torch.softmax(-((self.length * (self.positions - t)) ** 2), dim=-1)
        context = summary + torch.bmm(weights.unsqueeze(1), outputs).squeeze(1)
        mean, log_std = self.head(torch.cat([context, t], dim=-1)).chunk(2, dim=-1)
        return mean, torch.exp(log_std)

    def loss(self, given):
        time_, noise, observation_time, observation, observation_noise = given
        outputs, last = self.gru(self.values)
        outputs, summary = outputs.transpose(0, 1), last[0]

        mean, std = self.posterior(outputs, summary, torch.zeros(self.batch, 1))
        prior_std = torch.exp(self.log_std)
        squares = (std / prior_std) ** 2 + ((mean - self.mean) / prior_std) ** 2
        start = (0.5 * (squares - 1) + torch.log(prior_std / std)).sum(-1)

        (mean, std), (mean_dt, std_dt) = torch.autograd.functional.jvp(
            lambda t: self.posterior(outputs, summary, t), time_, torch.ones_like(time_), create_graph=True
        )
        z = mean + std * noise
        z_gradient = z if z.requires_grad else z.requires_grad_()
        g = apply_each(self.diffusion, z_gradient)
        (g2_dz,) = torch.autograd.grad((g**2).sum(), z_gradient, create_graph=True)
        drift = mean_dt + std_dt * noise - 0.5 * g**2 * noise / std + 0.5 * g2_dz
        path = 0.5 * (((drift - self.drift(z)) / g) ** 2).sum(-1)

        mean, std = self.posterior(outputs, summary, observation_time)
        decoded = self.decoder(mean + std * observation_noise)
        misfit = 0.5 * ((observation - decoded) / STD) ** 2 + math.log(STD) + 0.5 * math.log(2 * math.pi)
        return (start + path + misfit.sum(-1)).mean()


class LatentSde(Training):
    """The Lorenz example of torchsde, the solver written out."""

    DT = 0.01
    SUBSTEPS = 2

    def __init__(self, tensors):
        super().__init__()
        self.gru = gru(tensors, "gru.")
        self.context = linear(tensors, "context")
        self.start = linear(tensors, "start")
        self.mean = nn.Parameter(tensors["mean"].clone())
        self.log_std = nn.Parameter(tensors["log_std"].clone())
        self.posterior = mlp(tensors, "posterior.layers.", nn.Softplus)
        self.prior = mlp(tensors, "prior.layers.", nn.Softplus)
        self.diffusion = scalar_networks(tensors, "diffusion.")
        self.decoder = linear(tensors, "decoder")
        self.values = tensors["values"]
        self.given = tensors["start_noise"], tensors["noise"]

    def noise(self):
        points, batch, _ = self.values.shape
        return torch.randn(batch, 4), torch.randn(points * self.SUBSTEPS, batch, 4)

    def path(self, z, contexts, noise):
        """States at the observations, and the path's KL."""
        kl = 0
        observed = []
        for k in range(noise.shape[0]):
            f = self.posterior(torch.cat([z, contexts[k // self.SUBSTEPS]], dim=-1))
            h = self.prior(z)
            g = apply_each(self.diffusion, z)
            kl = kl + (0.5 * self.DT) * (((f - h) / g) ** 2).sum(-1)
            z = z + self.DT * f + math.sqrt(self.DT) * g * noise[k]
            if k % self.SUBSTEPS == self.SUBSTEPS - 1:
                observed.append(z)
        return torch.stack(observed), kl

    def loss(self, given):
        start_noise, noise = given
        states, _ = self.gru(torch.flip(self.values, (0,)))
        contexts = self.context(torch.flip(states, (0,)))
        mean, log_std = self.start(contexts[0]).chunk(2, dim=-1)
        z = mean + torch.exp(log_std) * start_noise
        observed, kl = self.path(z, contexts, noise)
        decoded = self.decoder(observed)
        misfit = 0.5 * ((decoded - self.values) / STD) ** 2 + math.log(STD) + 0.5 * math.log(2 * math.pi)
        ratio = log_std - self.log_std
        shift = (mean - self.mean) * torch.exp(-self.log_std)
        start = (0.5 * (torch.exp(2 * ratio) + shift**2 - 1) - ratio).sum(-1)
        return (misfit.sum((0, 2)) + kl + start).mean()


class TorchSde(LatentSde):
    """The same by torchsde itself, which draws the noise of a Brownian path as it goes."""

    sde_type = "ito"
    noise_type = "diagonal"

    def f(self, t, z):
        # Between two observations the context is that of the later one.
        step = int(torch.floor(t / self.DT + 0.5))
        context = self.contexts[min(step // self.SUBSTEPS, len(self.contexts) - 1)]
        return self.posterior(torch.cat([z, context], dim=-1))

    def h(self, t, z):
        return self.prior(z)

    def g(self, t, z):
        return apply_each(self.diffusion, z)

    def noise(self):
        return torch.randn(self.values.shape[1], 4), None

    def path(self, z, contexts, noise):
        import torchsde

        self.contexts = contexts
        times = torch.arange(contexts.shape[0] + 1) * (self.SUBSTEPS * self.DT)
        given = None if noise is None else GivenNoise(noise, self.DT)
        states, kl = self.solve(torchsde, z, times, bm=given, dt=self.DT, method="euler", logqp=True)
        return states[1:], kl.sum(0)

    def solve(self, torchsde, *where, **how):
        return torchsde.sdeint(self, *where, **how)


class TorchSdeAdjoint(TorchSde):
    """The same by the stochastic adjoint, with its default method (Milstein) and the example's parameters."""

    def solve(self, torchsde, *where, **how):
        networks = self.posterior, self.diffusion, self.prior
        parameters = self.contexts, *(p for network in networks for p in network.parameters())
        return torchsde.sdeint_adjoint(self, *where, adjoint_params=parameters, **how)


class GivenNoise:
    """Increments of a Brownian path; torchsde wants one column more, for the KL."""

    def __init__(self, noise, dt):
        self.noise = F.pad(noise, (0, 1))
        self.dt = dt
        self.shape = self.noise.shape[1:]
        self.levy_area_approximation = "none"

    def __call__(self, start, end, **_):
        step = min(int(torch.floor(start / self.dt + 0.5)), len(self.noise) - 1)
        return torch.sqrt(end - start) * self.noise[step]


TRAINING = {
    "mlp": MlpRegression,
    "gru": GruEncoder,
    "gru-ode": GruOde,
    "sde-matching": SdeMatching,
    "latent-sde": LatentSde,
    "torchsde": TorchSde,
    "torchsde-adjoint": TorchSdeAdjoint,
}


def version():
    if tuple(int(number) for number in re.findall(r"\d+", torch.__version__)[:2]) < OLDEST:
        return f"found {torch.__version__}, needs {OLDEST[0]}.{OLDEST[1]} or newer"
    blas = ""
    try:
        with open("/proc/self/maps") as maps:
            blas = ", ".join(sorted(set(re.findall(r"/\S*(?:blas|mkl)\S*", maps.read()))))
    except OSError:
        pass
    try:
        import torchsde

        blas += f", torchsde {torchsde.__version__}"
    except ImportError:
        pass
    # Since 2.0; it is only for the report.
    lanes = getattr(torch.backends, "cpu", None)
    capability = lanes.get_cpu_capability() if hasattr(lanes, "get_cpu_capability") else "unknown lanes"
    return f"torch {torch.__version__}, {capability}, OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS')}, {blas}"


def peak_bytes():
    """Not what getrusage says: that begins with the peak of the process which started this one."""
    with open("/proc/self/status") as status:
        return 1024 * int(re.search(r"VmHWM:\s*(\d+)", status.read()).group(1))


def receive(count):
    tensors = {}
    for _ in range(count):
        name, *extents = sys.stdin.buffer.readline().decode().split()
        extents = [int(extent) for extent in extents]
        data = bytearray(sys.stdin.buffer.read(4 * math.prod(extents)))
        tensors[name] = torch.frombuffer(data, dtype=torch.float32).reshape(extents)
    return tensors


def open_work(kind, count):
    tensors = receive(count)
    if kind == "normals":
        return Normals(tensors)
    if kind not in TRAINING:
        return Mapping(kind, tensors)
    work = TRAINING[kind](tensors)
    work.begin()
    return work


def answer(works, words):
    if words[0] == "open":
        works[words[1]] = work = open_work(words[2], int(words[3]))
        return work.first()
    if words[0] == "run":
        step = works[words[1]].step
        begin = time.perf_counter()
        for _ in range(int(words[2])):
            step()
        return [time.perf_counter() - begin]
    if words[0] == "close":
        del works[words[1]]
        return []
    return [peak_bytes()]


def main():
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    works = {}
    for line in sys.stdin.buffer:
        words = line.decode().split()
        try:
            if words[0] == "version":
                print(version(), flush=True)
            else:
                print("ok", *(repr(float(value)) for value in answer(works, words)), flush=True)
        except Exception as problem:
            print("error:", " ".join(str(problem).split()) or type(problem).__name__, flush=True)


main()
