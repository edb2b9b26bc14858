import pghistory


class HistoryContext:
    """Every row changed while a request is served carries who asked and the act (the view's name) in its history."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            pghistory.context(act=request.resolver_match.view_name)
