"""What the programs share that train by an exported module."""

import importlib.util

# How a case of a PyTorch program resumes.
RESUMES = {"resume": "load_state_dict", "resume-in-another-order": "twin first", "resume-at": "resume(t)"}


def load(path):
    spec = importlib.util.spec_from_file_location("rates", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reloaded(how, step, model, twin, net, twin_of):
    """A new model and its TwinSchedule, from a checkpoint of those after so many steps."""
    import torch

    saved = {"model": model.state_dict(), "optimizer": twin.optimizer.state_dict(), "twin": twin.state_dict()}
    torch.save(saved, "checkpoint.pt")
    saved = torch.load("checkpoint.pt")
    model = net()
    twin = twin_of(model)
    model.load_state_dict(saved["model"])
    if how == "twin first":
        twin.load_state_dict(saved["twin"])
    twin.optimizer.load_state_dict(saved["optimizer"])
    if how == "resume(t)":
        twin.resume(step)
    elif how != "twin first":
        twin.load_state_dict(saved["twin"])
    return model, twin


def raises(kind, text, call):
    try:
        call()
    except kind as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"nothing was raised where '{text}' was expected")
