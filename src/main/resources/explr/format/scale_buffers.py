        if self.last_epoch < ITERATIONS:
            self._scale_buffers(buffer_factor(self.last_epoch))

    def _scale_buffers(self, factor):
        """Scales the buffers of the converted weights before the next step."""
        buffers = {name: [] for name in BUFFERS}
        for i in self._converted:
            for p in self.optimizer.param_groups[i]["params"]:
                if p.requires_grad:
                    self._collect(i, p, buffers)
        for name, tensors in buffers.items():
            if tensors:
                torch._foreach_mul_(tensors, factor ** BUFFERS[name])

    def _collect(self, i, p, buffers):
        state = self.optimizer.state[p]
        for name, value in state.items():
            if torch.is_tensor(value) and value.is_floating_point() and value.dim() > 0 and name not in BUFFERS:
                raise RuntimeError(
                    f"{self._name(i)}: the optimizer keeps a buffer '{name}' that was not converted; give it the"
                    " options that the recipe has"
                )
        for name in BUFFERS:
            if state.get(name) is not None:
                buffers[name].append(state[name])
            elif momentum(self.last_epoch - 1) > 0:
                raise RuntimeError(f"{self._name(i)}: the optimizer keeps no '{name}', which must follow the weights")
